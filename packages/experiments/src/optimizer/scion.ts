import { scion as coreScion, type NormExpression, normOf, type Optimizer } from "@steepest/core";
import { type Choice, positive } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";
import { normSchema } from "./normSchema.js";

export interface ScionChoice {
  readonly kind: "scion";
  /** One norm per layer with the inverse radii as weights. */
  readonly norm: NormExpression;
  readonly momentum: number;
  /** Of the ball that the iterates stay in; unconstrained without it. */
  readonly radius?: number | undefined;
}

export const scion: Choice<ScionChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("scion"), norm: normSchema, momentum: memoryDecay(), radius: positive().optional() }),
  summary: "steps along the linear minimisation oracle of a norm per layer, free or within a ball",
  examples: [
    { kind: "scion", norm: "spectral", momentum: 0.9 },
    { kind: "scion", norm: "spectral", momentum: 0.9, radius: 10 },
  ],
  build: ({ norm, momentum, radius }) => coreScion({ norm: normOf(norm), momentum, ...(radius !== undefined && { radius }) }),
};
