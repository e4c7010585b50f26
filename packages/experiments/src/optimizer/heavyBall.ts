import { heavyBall as coreHeavyBall } from "@steepest/core";
import { field, memoryDecay, z } from "../definition/schema.js";
import { normSource } from "../pytorch/norm.js";
import { heavyBall as heavyBallClass } from "../pytorch/optimizerClasses.js";
import { decayText, options } from "../pytorch/optimizerSource.js";
import { decaying, weightDecay } from "./decay.js";
import { optimizerMember } from "./member.js";

export const heavyBall = optimizerMember({
  schema: z.strictObject({
    kind: z.literal("heavyBall"),
    momentum: field(memoryDecay(), "Share of the last step that is added to the next.", { unit: "1", example: 0.9 }),
    nesterov: field(z.boolean(), "Whether the gradient is looked at ahead, in Nesterov's form.", { example: false }),
    decay: weightDecay(),
  }),
  summary: "gradient descent with momentum, heavy ball or Nesterov; decoupled decay, not PyTorch's weight_decay",
  examples: [{ kind: "heavyBall", momentum: 0.9, nesterov: false }],
  firstStep: { rule: "constant", size: 0.001 },
  build: decaying(coreHeavyBall),
  pytorch: ({ momentum, nesterov, decay }) => ({
    text: `HeavyBall(${options({ momentum, nesterov })})`,
    needs: [heavyBallClass],
    norm: () => normSource("l2"),
    decay: decayText(decay),
  }),
});
