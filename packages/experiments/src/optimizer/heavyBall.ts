import { heavyBall as coreHeavyBall, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, type WeightDecay, weightDecay } from "./decay.js";

export interface HeavyBallChoice extends WeightDecay {
  readonly kind: "heavyBall";
  readonly momentum: number;
  readonly nesterov: boolean;
}

export const heavyBall: Choice<HeavyBallChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("heavyBall"),
    momentum: field(memoryDecay(), "Share of the last step that is added to the next.", { unit: "1", example: 0.9 }),
    nesterov: field(z.boolean(), "Whether the gradient is looked at ahead, in Nesterov's form.", { example: false }),
    decay: weightDecay(),
  }),
  summary: "gradient descent with momentum, heavy ball or Nesterov; decoupled decay, not PyTorch's weight_decay",
  examples: [{ kind: "heavyBall", momentum: 0.9, nesterov: false }],
  build: decaying(coreHeavyBall),
};
