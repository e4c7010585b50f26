import { signum as coreSignum, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, type WeightDecay, weightDecay } from "./decay.js";

export interface SignumChoice extends WeightDecay {
  readonly kind: "signum";
  readonly momentum: number;
}

export const signum: Choice<SignumChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("signum"),
    momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
    decay: weightDecay(),
  }),
  summary: "sign descent along an average of gradients; decoupled decay",
  examples: [{ kind: "signum", momentum: 0.9 }],
  build: decaying(coreSignum),
};
