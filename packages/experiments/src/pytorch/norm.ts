import {
  DefinitionError,
  type NormExpression,
  type NormId,
  norms,
  type PytorchFunction,
  type PytorchNorm,
  type PythonSnippet as Snippet,
} from "@steepest/core";
import { pytorchForms } from "@steepest/core/internal";
import { pythonNumber } from "./python.js";

/** A norm as an expression over classes of the program. */
export interface NormSource {
  readonly text: string;
  readonly needs: readonly Snippet[];
  /** Its smoothed direction and its projection, where those have a translation. */
  readonly smoothing?: PytorchFunction | undefined;
  readonly projection?: PytorchFunction | undefined;
}

/** The norms of the registry that have a translation. */
const translated = (Object.entries(norms) as [NormId, (typeof norms)[NormId]][])
  .filter(([, { facts }]) => facts?.pytorch)
  .map(([id]) => id);

/**
 * A norm on the layers of these shapes.
 *
 * @param shapes  a Python expression: a list of (rows, columns)
 * @throws DefinitionError  if the norm has no translation
 */
export function normSource(norm: NormExpression, shapes: string = "shapes"): NormSource {
  const own: PytorchNorm | undefined = typeof norm === "string" && Object.hasOwn(norms, norm) ? norms[norm].facts?.pytorch : undefined;
  if (own) {
    const { smoothing, projection, options = [] } = own;
    return { text: `${own.name}(${[shapes, ...options].join(", ")})`, needs: [own.class], smoothing, projection };
  }
  if (typeof norm === "object" && "lp" in norm)
    return { text: `Lp(${shapes}, ${pythonNumber("norm.lp", norm.lp)})`, needs: [pytorchForms.lp] };
  if (typeof norm === "object" && "max" in norm) return maxSource(norm.max, norm.weights ?? norm.max.map(() => 1), shapes);
  const name = typeof norm === "string" ? norm : Object.keys(norm ?? {})[0];
  throw DefinitionError.at("norm", `"${name}" has no translation to PyTorch`, {
    value: norm,
    hint: `those of ${translated.join(", ")}, lp and max have one; the TypeScript program has every norm`,
  });
}

/** One norm per layer. */
export function maxSource(norms: readonly NormExpression[], weights: readonly number[], shapes: string = "shapes"): NormSource {
  const parts = norms.map((norm, i) => normSource(norm, `[${shapes}[${i}]]`));
  const factors = weights.map((weight, i) => pythonNumber(`norm.weights[${i}]`, weight));
  return {
    text: `MaxOf(${shapes}, [${parts.map(({ text }) => text).join(", ")}], [${factors.join(", ")}])`,
    needs: [...parts.flatMap(({ needs }) => needs), pytorchForms.max],
  };
}
