import type { Kernels } from "@steepest/kernels";
import type { ParameterStore } from "./parameterStore.js";
import type { Steering } from "./pilot.js";
import type { Risk } from "./risk.js";

/** Signs that the steps of a run no longer do what they should: chatter, dead samples, updates lost to rounding. */
export interface Health {
  /**
   * ||Δθ|| maxᵢ ||∇f(xᵢ)||_* of the last step in the own norm, ∇f after it: a bound of how much a sample margin changed, up to curvature. Well above 1
   * the softmax weights jump from step to step (chatter) and the own margin may fall although the risk falls too. NaN before the first step, where
   * the last one moved nothing or only rescaled θ, for mirror descent, whose steps are no multiples of a direction, for a loss of targets, and where single
   * samples' gradients would have to be formed for more than 64 samples. With several classes f is the smoothed margin.
   */
  readonly marginChange: number;
  /** Samples with scores 0 and gradient 0: only steps of other samples can change them. Samples whose targets are 0 are right so and do not count. */
  readonly deadSamples: number;
  /**
   * The share of the moving weights whose last update was lost to rounding: 1 means that no step along the gradient moves anything. What decay or a projection moves has
   * moved. NaN where `marginChange` has no step.
   */
  readonly lostUpdates: number;
  /**
   * Samples whose score, or gradient in some layer, f64 does not hold: it is not 0, but below 2^-1010, or lost its digits to such numbers on its way.
   * Accuracies, margins and alignments are right all the same; what such samples add to a step is lost.
   */
  readonly underflows: number;
  /**
   * 1 - s / max s of the own soft margin s, the maximum over the points of the run so far with log R < -5 under the same optimiser; 0 before there is
   * one, above 1 once the data is no longer separated. Many steps may each lose next to nothing and all of them together nearly everything. NaN where
   * theory promises no growth: for optimisers whose `expectation` says no `grows`, for networks that are not homogeneous, and with mini-batches of fewer
   * samples than there are.
   */
  readonly softMarginFall: number;
}

const mostFormedGradients = 64;

/** @param length  what the last move multiplied the direction by; NaN where it was no step along it */
export function healthOf(
  kernels: Kernels,
  store: ParameterStore,
  full: Risk,
  { bound, ownMoving }: Steering,
  length: number,
): Omit<Health, "softMarginFall"> {
  const { trainer } = full;
  const known = full.seesMargins && (ownMoving.rankOneDual !== undefined || full.sampleCount <= mostFormedGradients);
  const stepped = !Number.isNaN(length);
  const moved = (): number => (bound.rescales ? ownMoving.norm(store.displacement()) : Math.abs(length) * ownMoving.norm(store.direction));
  return {
    marginChange: stepped && known ? moved() * trainer.maxSampleGradient(ownMoving, store.spare) : Number.NaN,
    deadSamples: full.deadSamples(),
    lostUpdates: stepped ? lostShare(kernels, store, length, bound.rescales ?? false) : Number.NaN,
    underflows: trainer.rangeLoss?.().samples ?? 0,
  };
}

/** The share of the weights with a direction that neither θ + length · direction nor decay or a projection changes. */
function lostShare(kernels: Kernels, store: ParameterStore, length: number, rescales: boolean): number {
  const { moving, direction, spare } = store;
  const others = rescales ? store.displacement().view.slice() : undefined;
  kernels.scale(moving.ptr, spare.ptr, moving.length, 1);
  kernels.axpy(direction.ptr, spare.ptr, moving.length, length);
  let [lost, all] = [0, 0];
  direction.view.forEach((d, i) => {
    if (d === 0) return;
    all++;
    if (spare.view[i] === moving.view[i] && !others?.[i]) lost++;
  });
  return all === 0 ? 0 : lost / all;
}
