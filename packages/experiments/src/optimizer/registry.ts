import type { Optimizer } from "@steepest/core";
import { build, oneOf, type Registry } from "../definition/choice.js";
import type { z } from "../definition/zod.js";
import { type AdamChoice, adam } from "./adam.js";
import { type AdamWChoice, adamW } from "./adamW.js";
import { type HeavyBallChoice, heavyBall } from "./heavyBall.js";
import { type LionChoice, lion } from "./lion.js";
import { type MomentumChoice, momentum } from "./momentum.js";
import { type MuonChoice, muon } from "./muon.js";
import { type MuonAdamChoice, muonAdam } from "./muonAdam.js";
import { type MuonSignumChoice, muonSignum } from "./muonSignum.js";
import { type ProgressiveRescalingChoice, progressiveRescaling } from "./progressiveRescaling.js";
import { type ScionChoice, scion } from "./scion.js";
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
  | LionChoice
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
  lion,
  progressiveRescaling,
};

export const optimizerSchema: z.ZodType<OptimizerChoice> = oneOf("kind", optimizers);

export function buildOptimizer(choice: OptimizerChoice): Optimizer {
  return build(optimizers, "kind", choice);
}
