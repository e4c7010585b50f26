import { adaGradMember } from "./adaGrad.js";
import { adamMember } from "./adam.js";
import { adamWMember } from "./adamW.js";
import { clippedMember } from "./clipped.js";
import { coupledDecayMember } from "./coupledDecay.js";
import { decoupledDecayMember } from "./decoupledDecay.js";
import { heavyBallMember } from "./heavyBall.js";
import { lionMember } from "./lion.js";
import type { OptimizerMember } from "./member.js";
import { mirrorDescentMember } from "./mirrorDescent.js";
import { momentumMember } from "./momentumDescent.js";
import { muonMember } from "./muon.js";
import { muonAdamMember, muonSignumMember } from "./muonHybrid.js";
import { progressiveRescalingMember } from "./progressiveRescaling.js";
import { rmsPropMember } from "./rmsProp.js";
import { scionMember } from "./scion.js";
import { shampooMember } from "./shampoo.js";
import { signumMember } from "./signum.js";
import { soapMember } from "./soap.js";
import { steepestMember } from "./steepestDescent.js";

export { type AdaGradOptions, adaGrad } from "./adaGrad.js";
export { type AdamOptions, adam } from "./adam.js";
export { type AdamWOptions, adamW } from "./adamW.js";
export { type ClippedOptions, clipped } from "./clipped.js";
export { coupledDecay } from "./coupledDecay.js";
export { decoupledDecay } from "./decoupledDecay.js";
export { type HeavyBallOptions, heavyBall } from "./heavyBall.js";
export { type LionOptions, lion } from "./lion.js";
export { type MirrorDescentOptions, mirrorDescent, type Potential } from "./mirrorDescent.js";
export { type MomentumDescentOptions, momentumDescent } from "./momentumDescent.js";
export { type MuonOptions, muon } from "./muon.js";
export { type MuonAdamOptions, type MuonSignumOptions, muonAdam, muonSignum } from "./muonHybrid.js";
export { type ProgressiveRescalingOptions, progressiveRescaling } from "./progressiveRescaling.js";
export { type RmsPropOptions, rmsProp } from "./rmsProp.js";
export { type ScionOptions, scion } from "./scion.js";
export { type ShampooExponent, type ShampooOptions, shampoo } from "./shampoo.js";
export { signum } from "./signum.js";
export { type SoapOptions, soap } from "./soap.js";
export { type SteepestDescentOptions, steepestDescent } from "./steepestDescent.js";

const members = {
  steepest: steepestMember as OptimizerMember,
  heavyBall: heavyBallMember as OptimizerMember,
  momentum: momentumMember as OptimizerMember,
  signum: signumMember as OptimizerMember,
  muon: muonMember as OptimizerMember,
  muonSignum: muonSignumMember as OptimizerMember,
  muonAdam: muonAdamMember as OptimizerMember,
  scion: scionMember as OptimizerMember,
  adam: adamMember as OptimizerMember,
  adamW: adamWMember as OptimizerMember,
  rmsProp: rmsPropMember as OptimizerMember,
  adaGrad: adaGradMember as OptimizerMember,
  lion: lionMember as OptimizerMember,
  shampoo: shampooMember as OptimizerMember,
  soap: soapMember as OptimizerMember,
  mirrorDescent: mirrorDescentMember as OptimizerMember,
  progressiveRescaling: progressiveRescalingMember as OptimizerMember,
  decoupledDecay: decoupledDecayMember as OptimizerMember,
  coupledDecay: coupledDecayMember as OptimizerMember,
  clipped: clippedMember as OptimizerMember,
};

export type OptimizerId = keyof typeof members;

/** Every optimiser by the kind that definitions have, in the order in which reports list them. Adding one: its file and a line here. */
export const optimizers: Readonly<Record<OptimizerId, OptimizerMember>> = members;
