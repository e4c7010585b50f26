import type { Potential } from "@steepest/core";
import { mirrorDescent as coreMirrorDescent } from "@steepest/core";
import { oneOf } from "../definition/choice.js";
import { expecting, field, positive, z } from "../definition/schema.js";
import { mirrorDescent as mirrorDescentClass } from "../pytorch/movingOptimizers.js";
import { type NormSource, normSource } from "../pytorch/norm.js";
import { refuseOption } from "../pytorch/optimizerSource.js";
import { pythonNumber } from "../pytorch/python.js";
import { optimizerMember } from "./member.js";

const potentials = {
  quadratic: { schema: z.strictObject({ kind: z.literal("quadratic") }), summary: "half the square of the l2 norm: gradient descent" },
  power: {
    schema: z.strictObject({
      kind: z.literal("power"),
      p: field(
        expecting("must be finite and > 1", (error) => z.number(error).gt(1, error)),
        "Power of the potential, the sum of |w|^p / p.",
        { unit: "1", example: 3 },
      ),
    }),
    summary: "the sum of |w|^p / p",
  },
  hyperbolicEntropy: {
    schema: z.strictObject({
      kind: z.literal("hyperbolicEntropy"),
      beta: field(positive(), "Scale of the hyperbolic entropy; small ones make weights sparse.", { unit: "weight", example: 1 }),
    }),
    summary: "the hyperbolic entropy, from gradient descent (beta large) to the l1 norm (beta small)",
  },
};

const potential = oneOf("kind", potentials);

/** The mirror map and its inverse in Python. */
const mirrorMaps: Readonly<Record<Potential["kind"], (numbers: Readonly<Record<string, unknown>>) => string>> = {
  quadratic: () => "lambda x: x, lambda z: z",
  power: ({ p }) => {
    const text = pythonNumber("optimizer.potential.p", p);
    const map = (of: string, exponent: string) => `lambda ${of}: torch.sign(${of}) * ${of}.abs() ** ${exponent}`;
    return `${map("x", `(${text} - 1)`)}, ${map("z", `(1 / (${text} - 1))`)}`;
  },
  hyperbolicEntropy: ({ beta }) => {
    const text = pythonNumber("optimizer.potential.beta", beta);
    return `lambda x: torch.asinh(x / ${text}), lambda z: ${text} * torch.sinh(z)`;
  },
};

const mirrorNorms: Readonly<Record<Potential["kind"], (p: number) => NormSource>> = {
  quadratic: () => normSource("l2"),
  power: (p) => normSource({ lp: p }),
  hyperbolicEntropy: () => normSource("l1"),
};

export const mirrorDescent = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("mirrorDescent"),
    potential: field(potential, "Potential whose mirror map turns gradients into steps.", { example: { kind: "power", p: 3 } }),
  }),
  summary: "mirror descent; potential quadratic, a power, or the hyperbolic entropy",
  examples: [
    { kind: "mirrorDescent", potential: { kind: "power", p: 3 } },
    { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 1 } },
  ],
  firstStep: { rule: "constant", size: 0.003 },
  build: coreMirrorDescent,
  pytorch: ({ potential }) => {
    const maps = mirrorMaps[potential.kind]?.(potential) ?? refuseOption("optimizer.potential", potential.kind);
    const norm = () => mirrorNorms[potential.kind]("p" in potential ? potential.p : Number.NaN);
    return { text: `MirrorDescent(${maps})`, needs: [mirrorDescentClass], norm, moves: true };
  },
});
