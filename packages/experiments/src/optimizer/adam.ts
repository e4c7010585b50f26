import { adam as coreAdam, type Optimizer } from "@steepest/core";
import { type Choice, nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { memoryDecay } from "./decay.js";

export interface AdamChoice {
  readonly kind: "adam";
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What Adam is written with, alone or as a part of another optimiser. */
export const adamOptions: Readonly<Record<"beta1" | "beta2" | "epsilon", z.ZodNumber>> = {
  beta1: memoryDecay(),
  beta2: memoryDecay(),
  epsilon: nonNegative(),
};

export const adam: Choice<AdamChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("adam"), ...adamOptions }),
  summary: "Adam with its moments in the loss frame: exact at any tiny risk",
  examples: [{ kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
  build: coreAdam,
};
