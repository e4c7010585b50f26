import { mirrorDescent as coreMirrorDescent, type Optimizer, type Potential } from "@steepest/core";
import { type Choice, expecting, positive } from "../definition/choice.js";
import { z } from "../definition/zod.js";

export interface MirrorDescentChoice {
  readonly kind: "mirrorDescent";
  readonly potential: Potential;
}

const potential = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("quadratic") }),
  z.strictObject({ kind: z.literal("power"), p: expecting("must be finite and > 1", (error) => z.number(error).gt(1, error)) }),
  z.strictObject({ kind: z.literal("hyperbolicEntropy"), beta: positive() }),
]);

export const mirrorDescent: Choice<MirrorDescentChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("mirrorDescent"), potential }),
  summary: "mirror descent; potential quadratic, a power, or the hyperbolic entropy",
  examples: [
    { kind: "mirrorDescent", potential: { kind: "power", p: 3 } },
    { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 1 } },
  ],
  build: coreMirrorDescent,
};
