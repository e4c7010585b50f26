import { adam as coreAdam, type Optimizer } from "@steepest/core";
import { type Choice, nonNegative } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import { decay } from "./decay.js";

export interface AdamChoice {
  readonly kind: "adam";
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export const adam: Choice<AdamChoice, Optimizer> = {
  schema: z.strictObject({ kind: z.literal("adam"), beta1: decay(), beta2: decay(), epsilon: nonNegative() }),
  summary: "Adam with its moments in the loss frame: exact at any tiny risk",
  build: coreAdam,
};
