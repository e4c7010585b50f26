import { adaGrad as coreAdaGrad, type Optimizer } from "@steepest/core";
import { type Choice, nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";

export interface AdaGradChoice {
  readonly kind: "adaGrad";
  readonly epsilon: number;
}

export const adaGrad: Choice<AdaGradChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("adaGrad"), epsilon: nonNegative() }),
  summary: "AdaGrad with its sums in the loss frame; lossBased steps go on at tiny risks",
  examples: [{ kind: "adaGrad", epsilon: 1e-10 }],
  build: coreAdaGrad,
};
