import type { Kernels } from "@steepest/kernels";
import type { Trainer } from "../network/network.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { ParameterStore } from "./parameterStore.js";

/** Whether the steps still mean what they should. */
export interface Health {
  /**
   * ||Δθ|| maxᵢ ||∇f(xᵢ)||_* of the last step in the own norm, ∇f after it: a bound of how much a sample margin changed, up to curvature. Well above 1
   * the softmax weights jump from step to step (chatter) and the own margin may fall although the risk falls too. NaN before the first step, where
   * the last one moved nothing, for mirror descent, whose steps are no multiples of a direction, and where single samples' gradients would have to be
   * formed for more than 64 samples.
   */
  readonly marginChange: number;
  /** Samples with score 0 and gradient 0: no step can change them any more. */
  readonly deadSamples: number;
  /** The share of the moving weights whose last update was lost to rounding: 1 means that nothing moves any more. NaN where `marginChange` has no step. */
  readonly lostUpdates: number;
}

const mostFormedGradients = 64;

/** @param length  what the last move multiplied the direction by; NaN before the first */
export function healthOf(kernels: Kernels, store: ParameterStore, trainer: Trainer, own: BoundNorm, length: number): Health {
  const known = own.rankOneDual !== undefined || trainer.scores.length <= mostFormedGradients;
  const stepped = !Number.isNaN(length);
  return {
    marginChange:
      stepped && known ? Math.abs(length) * own.norm(store.direction) * trainer.maxSampleGradient(own, store.spare) : Number.NaN,
    deadSamples: trainer.deadSamples(),
    lostUpdates: stepped ? lostShare(kernels, store, length) : Number.NaN,
  };
}

/** Of the weights with a direction, the share that θ + length · direction leaves as they are. */
function lostShare(kernels: Kernels, { moving, direction, spare }: ParameterStore, length: number): number {
  kernels.scale(moving.ptr, spare.ptr, moving.length, 1);
  kernels.axpy(direction.ptr, spare.ptr, moving.length, length);
  let [lost, all] = [0, 0];
  direction.view.forEach((d, i) => {
    if (d === 0) return;
    all++;
    if (spare.view[i] === moving.view[i]) lost++;
  });
  return all === 0 ? 0 : lost / all;
}
