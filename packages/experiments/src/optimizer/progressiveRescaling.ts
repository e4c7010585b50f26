import { progressiveRescaling as coreProgressiveRescaling, type Optimizer } from "@steepest/core";
import { type Choice, expecting, integer } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { type SteepestChoice, steepest } from "./steepest.js";

export interface ProgressiveRescalingChoice {
  readonly kind: "progressiveRescaling";
  /** What moves between rescalings; gradient descent in PRGD. */
  readonly optimizer: SteepestChoice;
  readonly period: number;
  readonly growth: number;
}

export const progressiveRescaling: Choice<ProgressiveRescalingChoice, Optimizer> = {
  schema: z.strictObject({
    kind: z.literal("progressiveRescaling"),
    optimizer: steepest.schema,
    period: integer(2),
    growth: expecting("must be finite and > 1", (error) => z.number(error).gt(1, error)),
  }),
  summary: "steepest descent on a ball whose radius grows by a factor every so many steps: PRGD",
  examples: [{ kind: "progressiveRescaling", optimizer: { kind: "steepest", norm: "l2", normalized: false }, period: 10, growth: 1.2 }],
  build: ({ optimizer, period, growth }) => coreProgressiveRescaling(steepest.build(optimizer), { period, growth }),
};
