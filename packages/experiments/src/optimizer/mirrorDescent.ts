import { mirrorDescent as coreMirrorDescent, type Optimizer, type Potential } from "@steepest/core";
import { type Choice, expecting, positive } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";

export interface MirrorDescentChoice {
  readonly kind: "mirrorDescent";
  readonly potential: Potential;
}

const potential = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("quadratic") }),
  z.strictObject({
    kind: z.literal("power"),
    p: field(
      expecting("must be finite and > 1", (error) => z.number(error).gt(1, error)),
      "Power of the potential, the sum of |w|^p / p.",
      { unit: "1", example: 3 },
    ),
  }),
  z.strictObject({
    kind: z.literal("hyperbolicEntropy"),
    beta: field(positive(), "Scale of the hyperbolic entropy; small ones make weights sparse.", { unit: "weight", example: 1 }),
  }),
]);

export const mirrorDescent: Choice<MirrorDescentChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("mirrorDescent"),
    potential: field(potential, "Potential whose mirror map turns gradients into steps.", { example: { kind: "power", p: 3 } }),
  }),
  summary: "mirror descent; potential quadratic, a power, or the hyperbolic entropy",
  examples: [
    { kind: "mirrorDescent", potential: { kind: "power", p: 3 } },
    { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 1 } },
  ],
  build: coreMirrorDescent,
};
