import { momentumDescent, type NormExpression, normOf, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, type WeightDecay, weightDecay } from "./decay.js";
import { normSchema } from "./normSchema.js";

export interface MomentumChoice extends WeightDecay {
  readonly kind: "momentum";
  readonly norm: NormExpression;
  readonly momentum: number;
  readonly nesterov: boolean;
}

export const momentum: Choice<MomentumChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("momentum"),
    norm: normSchema,
    momentum: memoryDecay(),
    nesterov: z.boolean(),
    decay: weightDecay(),
  }),
  summary: "normalised steepest descent along an average of gradients, in any norm: MomentumGD in l2; decoupled decay",
  examples: [{ kind: "momentum", norm: "l2", momentum: 0.9, nesterov: false }],
  build: ({ norm, ...options }) => decaying(momentumDescent)({ norm: normOf(norm), ...options }),
};
