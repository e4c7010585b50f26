import { rmsProp as coreRmsProp, type Optimizer } from "@steepest/core";
import { type Choice, nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";

export interface RmsPropChoice {
  readonly kind: "rmsProp";
  readonly decay: number;
  readonly epsilon: number;
  readonly momentum: number;
}

export const rmsProp: Choice<RmsPropChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("rmsProp"), decay: memoryDecay(), epsilon: nonNegative(), momentum: memoryDecay() }),
  summary: "RMSProp with its second moments in the loss frame; momentum of the steps",
  examples: [{ kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0 }],
  build: coreRmsProp,
};
