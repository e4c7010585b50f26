import type { Kernels, Pointer } from "@steepest/kernels";
import type { SupervisedData } from "../network/data.js";
import type { Scaled, ScaledVector } from "../number/scaledNumber.js";

/** Scores of n samples, their labels, and where what a head makes of them goes. */
export interface ScoredSamples {
  /** f64[n][outputs]. */
  readonly scores: Pointer;
  /** f64[n]: `Head.label` of every sample. */
  readonly labels: Pointer;
  readonly n: number;
  readonly outputs: number;
}

/** A head: how the scores of one kind of data become margins, and what a network needs for it. */
export interface Head<D extends SupervisedData = SupervisedData> {
  readonly id: string;
  /** True for data of this kind. */
  owns(data: SupervisedData): data is D;
  /** The scores per sample that a network must give. */
  outputs(data: D): number;
  /** The data in a message: "labels -1 and +1". */
  describe(data: D): string;
  /** false: the data has no classes, and every margin and accuracy is NaN. */
  readonly hasMargins: boolean;
  /** The label of sample i in kernels; NaN where there is none. */
  label(data: D, i: number): number;
  /** out ← the target of sample i for losses of targets, f64[outputs]. */
  target(data: D, i: number, out: Float64Array): void;
  /** margins ← the sample margins qᵢ, f64[n]. */
  margins(kernels: Kernels, samples: ScoredSamples, margins: Pointer): void;
  /** qᵢ from the scores of one sample, of any size. */
  margin(scores: ScaledVector, label: number): Scaled;
  /** The smoothed margins; absent where a sample has one margin only: there q~ᵢ = qᵢ, the seeds are all 1, and the sign is the label's. */
  readonly smoothed?: SmoothedMargins;
}

/** The smoothed margins q~ᵢ of a head, a lower bound of qᵢ that a loss of margins sees in its place. */
export interface SmoothedMargins {
  /** smoothed ← q~ᵢ, f64[n], and seeds ← ∂q~ᵢ / ∂f(xᵢ), f64[n][outputs]; `scratch` as `classScratchBytes` says. */
  evaluate(kernels: Kernels, samples: ScoredSamples, smoothed: Pointer, seeds: Pointer, scratch: Pointer): void;
  /** smoothed ← q~ᵢ, the bits of `evaluate`, without the seeds. */
  margins(kernels: Kernels, samples: ScoredSamples, smoothed: Pointer, scratch: Pointer): void;
  /** <seedsᵢ, f(xᵢ)> = Σⱼ pⱼ (s_y - s_j), the mean of the sample's margins with the weights of its multipliers; at least qᵢ. */
  weighted(scores: ScaledVector, seeds: Float64Array, label: number): Scaled;
}
