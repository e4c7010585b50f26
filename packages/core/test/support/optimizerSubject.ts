import type { KernelFactory } from "@steepest/kernels";
import type { IdentitySubject, Stepper, StepSubject } from "@steepest/laws";
import {
  arrayOptimizer,
  type BlocksOf,
  type NormShape,
  type Optimizer,
  type OptimizerIdentity,
  type SteepestDescentOptions,
  steepestDescent,
} from "../../src/index.js";
import { normSubject, oneRow } from "./normSubject.js";

/** An optimiser of the core on parameters of this shape, in memory of its own: each call is one step of size eta at risk e^logRisk. */
export function stepperOf(optimizer: Optimizer, factory: KernelFactory, shape: NormShape): Stepper {
  const { aim, move } = arrayOptimizer(optimizer, shape, factory);
  return (theta, gradient, logRisk, eta) => {
    aim(theta, gradient, logRisk);
    return move(theta, { size: eta, logScale: 0 }).theta;
  };
}

/** Steepest descent as a subject of the step laws; bound once per length, since it has no memory. */
export function stepSubject(options: SteepestDescentOptions, factory: KernelFactory, blocksOf: BlocksOf): StepSubject {
  const { norm, dualNorm } = normSubject(options.norm, factory, blocksOf);
  const byLength = new Map<number, Stepper>();
  const stepper = (length: number): Stepper => {
    const made = byLength.get(length) ?? stepperOf(steepestDescent(options), factory, { length, blocks: blocksOf(length) });
    byLength.set(length, made);
    return made;
  };
  return {
    norm,
    dualNorm,
    normalized: options.normalized,
    step: (theta, gradient, logRisk, eta) => stepper(theta.length)(theta, gradient, logRisk, eta),
  };
}

/** Rows of the optimizer laws have at most 8 entries; 50 n ε is 100 roundings per entry of the longer side. */
const extraRoundings = 100 * 8;

/** Two optimisers of the core that are claimed to be equal, as a subject of the optimizer laws. */
export function identitySubject({ left, right, sameBits, on, decomposes }: OptimizerIdentity, factory: KernelFactory): IdentitySubject {
  const starting = (optimizer: Optimizer) => (length: number) => stepperOf(optimizer, factory, on ?? { length, blocks: oneRow(length) });
  return {
    left: starting(left),
    right: starting(right),
    sameBits,
    ...(on && { dimension: on.length }),
    ...(decomposes && { extraRoundings }),
  };
}
