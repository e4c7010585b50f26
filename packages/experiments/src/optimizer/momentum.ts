import { momentumDescent, type NormExpression, normOf, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, type WeightDecay, weightDecay } from "./decay.js";
import { normField } from "./normSchema.js";

export interface MomentumChoice extends WeightDecay {
  readonly kind: "momentum";
  readonly norm: NormExpression;
  readonly momentum: number;
  readonly nesterov: boolean;
}

export const momentum: Choice<MomentumChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("momentum"),
    norm: normField(),
    momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
    nesterov: field(z.boolean(), "Whether the newest gradient counts twice, in Nesterov's form.", { example: false }),
    decay: weightDecay(),
  }),
  summary: "normalised steepest descent along an average of gradients, in any norm: MomentumGD in l2; decoupled decay",
  examples: [{ kind: "momentum", norm: "l2", momentum: 0.9, nesterov: false }],
  build: ({ norm, ...options }) => decaying(momentumDescent)({ norm: normOf(norm), ...options }),
};
