import { signum as coreSignum, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";

export interface SignumChoice {
  readonly kind: "signum";
  readonly momentum: number;
}

export const signum: Choice<SignumChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("signum"),
    momentum: field(memoryDecay(), "Share of the remembered average that a step keeps.", { unit: "1", example: 0.9 }),
  }),
  summary: "sign descent along an average of gradients",
  examples: [{ kind: "signum", momentum: 0.9 }],
  build: coreSignum,
};
