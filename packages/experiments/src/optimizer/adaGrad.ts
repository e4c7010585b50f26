import { type AdaGradOptions, adaGrad as coreAdaGrad, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { epsilonOptions } from "./epsilon.js";

export interface AdaGradChoice extends AdaGradOptions {
  readonly kind: "adaGrad";
}

export const adaGrad: Choice<AdaGradChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("adaGrad"), ...epsilonOptions() }),
  summary:
    "AdaGrad with its sums in the loss frame; lossBased steps go on at tiny risks; epsilonPlacement outside the root (default) or inside",
  examples: [{ kind: "adaGrad", epsilon: 1e-10 }],
  build: coreAdaGrad,
};
