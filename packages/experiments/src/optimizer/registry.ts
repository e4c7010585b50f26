import type { Optimizer } from "@steepest/core";
import { build, oneOf, type Registry } from "../definition/choice.js";
import type { z } from "../definition/zod.js";
import { type AdaGradChoice, adaGrad } from "./adaGrad.js";
import { type AdamChoice, adam } from "./adam.js";
import { type MirrorDescentChoice, mirrorDescent } from "./mirrorDescent.js";
import { type RmsPropChoice, rmsProp } from "./rmsProp.js";
import { type ShampooChoice, shampoo } from "./shampoo.js";
import { type SteepestChoice, steepest } from "./steepest.js";

export type OptimizerChoice = SteepestChoice | AdamChoice | RmsPropChoice | AdaGradChoice | ShampooChoice | MirrorDescentChoice;

/** Every optimiser that a definition can name. Adding one: its file and a line here. */
export const optimizers: Registry<OptimizerChoice, "kind", Optimizer> = {
  steepest,
  adam,
  rmsProp,
  adaGrad,
  shampoo,
  mirrorDescent,
};

export const optimizerSchema: z.ZodType<OptimizerChoice> = oneOf("kind", optimizers);

export function buildOptimizer(choice: OptimizerChoice): Optimizer {
  return build(optimizers, "kind", choice);
}
