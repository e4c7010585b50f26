import { type NormExpression, type NormId, normOf, norms, smoothedNorms, steepestDescent } from "@steepest/core";
import { field, implication, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { smoothedSteepestDescent, steepestDescent as steepestDescentClass } from "../pytorch/optimizerClasses.js";
import { type OptimizerSource, options, refuseOption } from "../pytorch/optimizerSource.js";
import { optimizerMember } from "./member.js";
import { normField } from "./normSchema.js";
import { normText } from "./normText.js";

const schema = ruled(
  z.strictObject({
    kind: z.literal("steepest"),
    norm: normField(),
    normalized: field(
      z.boolean(),
      "Whether steps have the length of the step rule, or that times the dual norm of the gradient of the risk.",
      { example: true },
    ),
    smoothing: field(z.enum(["none", "alignment"]), "Required for l1 and linf: whether coordinates near a tie move together.", {
      example: "none",
    }).optional(),
  }),
  {
    json: implication(
      { properties: { norm: { enum: smoothedNorms } }, required: ["norm"] },
      { required: ["smoothing"] },
      { not: { required: ["smoothing"] } },
    ),
    problems: ({ norm, smoothing }) => {
      const isSmoothed = norm !== undefined && hasSmoothing(norm as NormExpression);
      if (norm === undefined || isSmoothed === (smoothing !== undefined)) return [];
      const text = typeof norm === "string" ? norm : JSON.stringify(norm);
      const message = isSmoothed
        ? `is required for the norm ${text}: expected "none" or "alignment"`
        : `has no meaning for the norm ${text}: remove it`;
      return [{ path: ["smoothing"], message }];
    },
  },
);

/** Steepest descent as an expression over classes of a Python program. @throws DefinitionError  if the norm, or its smoothing, has no translation */
export function steepestSource({
  norm: expression,
  normalized,
  smoothing = "none",
}: ReadonlyTree<z.output<typeof schema>>): OptimizerSource {
  const norm = normSource(expression);
  const flag = options({ normalized });
  if (smoothing === "none") {
    return { text: `SteepestDescent(${norm.text}, ${flag})`, needs: [...norm.needs, steepestDescentClass], norm: () => norm };
  }
  if (!norm.smoothing || smoothing !== "alignment") return refuseOption("optimizer.smoothing", String(smoothing));
  const needs = [...norm.needs, norm.smoothing.function, smoothedSteepestDescent];
  return { text: `SmoothedSteepestDescent(${norm.text}, ${flag}, smooth=${norm.smoothing.name})`, needs, norm: () => norm };
}

const hasSmoothing = (norm: NormExpression): boolean => smoothedNorms.includes(norm as NormId);

/** The name that steepest descent has in a norm, "sign descent"; undefined where it has none. */
const descentIn = (norm: string): string | undefined => (Object.hasOwn(norms, norm) ? norms[norm as NormId].facts?.descent : undefined);

/** The choice with a smoothing where its norm requires one, and without it elsewhere. */
function withSmoothing({ smoothing = "none", ...choice }: ReadonlyTree<z.output<typeof schema>>): ReadonlyTree<z.output<typeof schema>> {
  return hasSmoothing(choice.norm) ? { ...choice, smoothing } : choice;
}

/** Norms in whose order menus name steepest descent; others follow in that of the registry. */
const leading: readonly NormId[] = ["l2", "linf", "l1", "spectral"];

export const steepest = optimizerMember({
  schema,
  summary: "steepest descent in a norm: l2 gradient, linf sign, l1 coordinate, spectral descent",
  examples: [
    { kind: "steepest", norm: "l2", normalized: true },
    { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" },
    { kind: "steepest", norm: "l1", normalized: true, smoothing: "alignment" },
    { kind: "steepest", norm: "spectral", normalized: true },
  ],
  menu: {
    named: [...new Set([...leading, ...(Object.keys(norms) as NormId[])])]
      .filter(descentIn)
      .map((norm) => withSmoothing({ kind: "steepest", norm, normalized: true })),
    others: { name: "steepest descent in any norm", start: { kind: "steepest", norm: { lp: 3 }, normalized: true } },
  },
  nameOf: ({ norm, normalized }) => {
    const text = normText(norm);
    const name = descentIn(text) ?? `steepest descent in ${text}`;
    return normalized ? name : `${name}, unnormalised`;
  },
  normalized: (choice) => (choice.normalized ? undefined : { ...choice, normalized: true }),
  complete: withSmoothing,
  build: ({ norm, normalized, smoothing = "none" }) => steepestDescent({ norm: normOf(norm), normalized, smoothing }),
  pytorch: steepestSource,
});
