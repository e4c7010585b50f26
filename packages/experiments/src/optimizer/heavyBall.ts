import { heavyBall as coreHeavyBall, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";

export interface HeavyBallChoice {
  readonly kind: "heavyBall";
  readonly momentum: number;
  readonly nesterov: boolean;
}

export const heavyBall: Choice<HeavyBallChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("heavyBall"),
    momentum: field(memoryDecay(), "Share of the last step that is added to the next.", { unit: "1", example: 0.9 }),
    nesterov: field(z.boolean(), "Whether the gradient is looked at ahead, in Nesterov's form.", { example: false }),
  }),
  summary: "gradient descent with momentum, heavy ball or Nesterov",
  examples: [{ kind: "heavyBall", momentum: 0.9, nesterov: false }],
  build: coreHeavyBall,
};
