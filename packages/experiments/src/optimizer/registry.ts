import type { Optimizer } from "@steepest/core";
import { build, oneOf, type Registry } from "../definition/choice.js";
import type { z } from "../definition/zod.js";
import { type AdaGradChoice, adaGrad } from "./adaGrad.js";
import { type AdamChoice, adam } from "./adam.js";
import { type AdamWChoice, adamW } from "./adamW.js";
import { type HeavyBallChoice, heavyBall } from "./heavyBall.js";
import { type LionChoice, lion } from "./lion.js";
import { type MirrorDescentChoice, mirrorDescent } from "./mirrorDescent.js";
import { type MomentumChoice, momentum } from "./momentum.js";
import { type MuonChoice, muon } from "./muon.js";
import { type MuonAdamChoice, muonAdam } from "./muonAdam.js";
import { type MuonSignumChoice, muonSignum } from "./muonSignum.js";
import { type ProgressiveRescalingChoice, progressiveRescaling } from "./progressiveRescaling.js";
import { type RmsPropChoice, rmsProp } from "./rmsProp.js";
import { type ScionChoice, scion } from "./scion.js";
import { type ShampooChoice, shampoo } from "./shampoo.js";
import { type SignumChoice, signum } from "./signum.js";
import { type SteepestChoice, steepest } from "./steepest.js";

export type OptimizerChoice =
  | SteepestChoice
  | HeavyBallChoice
  | MomentumChoice
  | SignumChoice
  | MuonChoice
  | MuonSignumChoice
  | MuonAdamChoice
  | ScionChoice
  | AdamChoice
  | AdamWChoice
  | RmsPropChoice
  | AdaGradChoice
  | LionChoice
  | ShampooChoice
  | MirrorDescentChoice
  | ProgressiveRescalingChoice;

/** Every optimiser that a definition can name. Adding one: its file and a line here. */
export const optimizers: Registry<OptimizerChoice, "kind", Optimizer> = {
  steepest,
  heavyBall,
  momentum,
  signum,
  muon,
  muonSignum,
  muonAdam,
  scion,
  adam,
  adamW,
  rmsProp,
  adaGrad,
  lion,
  shampoo,
  mirrorDescent,
  progressiveRescaling,
};

export const optimizerSchema: z.ZodType<OptimizerChoice> = oneOf("kind", optimizers);

/**
 * The optimiser of core that a definition describes.
 *
 * @param choice  an optimiser of a definition
 * @returns a new optimiser
 * @throws DefinitionError  if core refuses its options
 */
export function buildOptimizer(choice: OptimizerChoice): Optimizer {
  return build(optimizers, "kind", choice);
}
