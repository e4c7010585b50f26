import type { Health } from "./health.js";
import type { SampleSpread } from "./homogeneity.js";

/** One recorded moment of a run. Plain data that JavaScript owns. */
export interface TrainPoint {
  readonly step: number;
  /** log Σᵢ l(qᵢ): the sum, whatever the loss's reduction. */
  readonly logRisk: number;
  /** minᵢ qᵢ. */
  readonly minMargin: number;
  /** Fraction of training samples with qᵢ > 0. */
  readonly trainAccuracy: number;
  /** Fraction of test samples on the right side, at this step's θ; NaN without test data. */
  readonly testAccuracy: number;
  /** Mean of (f − t)² over the test samples and their targets, at this step's θ; NaN without test data, and with a loss of margins. */
  readonly testSquaredError: number;
  /** ||θ|| by norm id. */
  readonly norm: Readonly<Record<string, number>>;
  /** minᵢ qᵢ / ||θ||^L by the id of the norm in the denominator; L is the degree of the limit where the network is not homogeneous. */
  readonly margin: Readonly<Record<string, number>>;
  /** l⁻¹(R) / ||θ||^L. */
  readonly softMargin: Readonly<Record<string, number>>;
  /**
   * |<θ, ∇<seedsᵢ, f(xᵢ)>> - L <seedsᵢ, f(xᵢ)>| / |<seedsᵢ, f(xᵢ)>| over the training samples: by Euler's identity 0, up to rounding, for homogeneous
   * networks. With one score <seedsᵢ, f(xᵢ)> is the score, with several Σⱼ pⱼ (s_y - s_j), p the softmax over the others. Samples that no weight moves are
   * left out. NaN unless measured.
   */
  readonly eulerDefect: SampleSpread;
  /**
   * Euler's identity with an exponent for each block, |Σ_b λ_b <θ_b, ∇_b f> - L' f| / |f|, in the exponents of the network's `quasiHomogeneity`; those of a
   * homogeneous network are all 1. NaN where the network has none, and unless measured.
   */
  readonly quasiEulerDefect: SampleSpread;
  /**
   * minᵢ qᵢ / ||θ||^L by norm id, with the scores of the network's limit at the same weights: f without its parts of lower degree. The margin itself for
   * homogeneous networks. Empty unless measured.
   */
  readonly homogenizedMargin: Readonly<Record<string, number>>;
  /**
   * The numbers of the measurements along the run, each by the name of its probe, with the ids of the tracked norms: `measured["kkt.stationarity.linf"]`.
   * `steepest list probes` names them, docs/probes.md defines them. Empty unless measured.
   */
  readonly measured: Readonly<Record<string, number>>;
  /** Id of the optimiser's own norm. */
  readonly ownNorm: string;
  /** <θ / ||θ||, -g / ||g||_*> in the optimiser's own norm. */
  readonly alignment: number;
  /** Samples with a margin within 1 % of the smallest; 0 before perfect accuracy. */
  readonly supportCount: number;
  /** Largest relative fall of the own soft margin in a single step, or epoch of mini-batches, since log R < -5; NaN unless watched, 0 before. */
  readonly worstSoftMarginDrop: number;
  readonly health: Health;
  /** Numbers of the optimiser's own, such as Adam's `epsilonShare`. */
  readonly optimizer: Readonly<Record<string, number>>;
  /** First step with minᵢ qᵢ > 0, if it has come; with mini-batches, first end of an epoch. */
  readonly perfectAccuracyStep: number | undefined;
  /** First step with R < l(0), if it has come, looked for as perfect accuracy is: stronger than perfect accuracy, the t₀ of the theorems. */
  readonly separationStep: number | undefined;
}
