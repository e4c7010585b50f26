import { momentumDescent, type NormExpression, normOf, type Optimizer } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";
import { normField } from "./normSchema.js";

export interface MomentumChoice {
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
  }),
  summary: "normalised steepest descent along an average of gradients, in any norm: MomentumGD in l2",
  examples: [{ kind: "momentum", norm: "l2", momentum: 0.9, nesterov: false }],
  build: ({ norm, ...options }) => momentumDescent({ norm: normOf(norm), ...options }),
};
