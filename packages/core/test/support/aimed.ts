import type { KernelFactory } from "@steepest/kernels";
import { arrayNorm, arrayOptimizer, type NormShape, type Optimizer, type StepSize } from "../../src/index.js";

export interface Aimed {
  /** The direction for a gradient at θ. */
  aim(theta: ArrayLike<number>, ghat: ArrayLike<number>, logRisk?: number): Float64Array;
  /** θ' - θ of a step from θ = 0 along the last direction. */
  move(stepSize: StepSize): Float64Array;
  normOf(x: ArrayLike<number>): number;
  dualNormOf(x: ArrayLike<number>): number;
}

/** An optimiser in memory of its own, with its norm. */
export function aimed(optimizer: Optimizer, shape: NormShape, factory: KernelFactory): Aimed {
  const { aim, move } = arrayOptimizer(optimizer, shape, factory);
  const { norm, dualNorm } = arrayNorm(optimizer.ownNorm, factory, () => shape.blocks);
  return {
    aim: (theta, ghat, logRisk = 0) => aim(theta, ghat, logRisk),
    move: (stepSize) => move(new Float64Array(shape.length), stepSize).theta,
    normOf: (values) => norm(Float64Array.from(values)),
    dualNormOf: (values) => dualNorm(Float64Array.from(values)),
  };
}
