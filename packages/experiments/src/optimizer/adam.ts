import { adam as coreAdam, type Optimizer } from "@steepest/core";
import { type Choice, expecting, nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";

export interface AdamChoice {
  readonly kind: "adam";
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

const decay = () => expecting("must be in [0, 1)", (error) => z.number(error).min(0, error).lt(1, error));

export const adam: Choice<AdamChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("adam"), beta1: decay(), beta2: decay(), epsilon: nonNegative() }),
  summary: "Adam with its moments in the loss frame: exact at any tiny risk",
  examples: [{ kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
  build: coreAdam,
};
