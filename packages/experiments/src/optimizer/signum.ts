import { signum as coreSignum, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";

export interface SignumChoice {
  readonly kind: "signum";
  readonly momentum: number;
}

export const signum: Choice<SignumChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("signum"), momentum: memoryDecay() }),
  summary: "sign descent along an average of gradients",
  examples: [{ kind: "signum", momentum: 0.9 }],
  build: coreSignum,
};
