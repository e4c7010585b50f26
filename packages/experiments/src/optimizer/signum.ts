import { signum as coreSignum, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { decaying, memoryDecay, type WeightDecay, weightDecay } from "./decay.js";

export interface SignumChoice extends WeightDecay {
  readonly kind: "signum";
  readonly momentum: number;
}

export const signum: Choice<SignumChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("signum"), momentum: memoryDecay(), decay: weightDecay() }),
  summary: "sign descent along an average of gradients; decoupled decay",
  examples: [{ kind: "signum", momentum: 0.9 }],
  build: decaying(coreSignum),
};
