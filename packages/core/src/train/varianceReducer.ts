import type { Arena, Kernels, Span } from "@steepest/kernels";
import type { Carrier } from "../carry/carrier.js";
import type { Network } from "../network/network.js";
import type { Evaluation } from "./evaluation.js";
import type { ParameterStore } from "./parameterStore.js";
import type { Risk } from "./risk.js";
import type { SeenRisk } from "./seenRisk.js";

export function varianceReductionSpans({ layout }: Network): Record<"anchor" | "anchorGhat" | "correction", number> {
  const { parameterCount } = layout;
  return { anchor: parameterCount, anchorGhat: parameterCount, correction: parameterCount };
}

/**
 * Variance-reduced gradients: the estimate of the gradient of all n samples from those of a batch B and an anchor θ̃, where the gradient of all is known.
 *
 *   (n / |B|) (∇R_B(θ) - ∇R_B(θ̃)) + ∇R(θ̃)      θ̃ ← θ every so many steps
 *
 * Its mean over uniformly drawn batches is ∇R(θ), and its variance vanishes as θ and θ̃ meet. The three gradients have frames of their own, log R_B(θ) +
 * log n / |B|, log R_B(θ̃) + log n / |B| and log R(θ̃); they are added in the largest of them, so that no factor exceeds 1. The two at the anchor come
 * first: of a batch of all samples they cancel exactly, and the estimate is ∇R(θ), bit for bit.
 * Source: Johnson & Zhang, NeurIPS 2013.
 */
export class VarianceReducer {
  readonly #kernels: Kernels;
  readonly #store: ParameterStore;
  readonly #evaluation: Evaluation;
  readonly #period: number;
  readonly #anchor: Span;
  /** ∇R(θ̃) over its risk. */
  readonly #anchorGhat: Span;
  readonly #correction: Span;
  readonly #own = { anchorLogRisk: Number.NaN };

  /**
   * @param network  the compacted one, whose weights `store.moving` are
   * @param period   steps from one anchor to the next
   */
  constructor(arena: Arena, network: Network, store: ParameterStore, evaluation: Evaluation, period: number) {
    const { anchor, anchorGhat, correction } = arena.spans(varianceReductionSpans(network));
    this.#kernels = arena.kernels;
    this.#store = store;
    this.#evaluation = evaluation;
    this.#period = period;
    this.#anchor = anchor;
    this.#anchorGhat = anchorGhat;
    this.#correction = correction;
  }

  carry(carrier: Carrier): void {
    carrier.numbers("anchor", this.#anchor.view);
    carrier.numbers("ghat", this.#anchorGhat.view);
    carrier.values(this.#own);
  }

  /** Takes θ as the anchor, if step t is one that does: a pass over all samples, whose gradient replaces ghat. False where a score is not finite. */
  prepare(step: number): boolean {
    if (step % this.#period !== 0) return true;
    const { moving, ghat } = this.#store;
    this.#evaluation.refresh();
    this.#anchor.view.set(moving.view);
    this.#anchorGhat.view.set(ghat.view);
    const { risk } = this.#evaluation;
    this.#own.anchorLogRisk = risk.logRisk;
    return risk.hasFiniteScores;
  }

  /** ghat ← the estimate at θ; undefined where a score is not finite. `batch` is that of θ afterwards. */
  estimate(batch: Risk): SeenRisk | undefined {
    const kernels = this.#kernels;
    const { ghat } = this.#store;
    const correction = this.#correction;
    const { sampleCount } = this.#evaluation.risk;
    const logScale = kernels.log(sampleCount / batch.sampleCount);
    const correctionFrame = this.#correct(batch, logScale);
    if (!batch.forward()) return undefined;
    batch.backward(ghat);
    const logRisk = batch.logRisk + logScale;
    const isExact = kernels.maxAbs(correction.ptr, correction.length) === 0;
    const frame = isExact ? logRisk : Math.max(logRisk, correctionFrame);
    if (!isExact) {
      kernels.axpby(correction.ptr, ghat.ptr, ghat.length, kernels.exp(correctionFrame - frame), kernels.exp(logRisk - frame));
    }
    return { risk: batch, logRisk, frame, sampleCount };
  }

  /** correction ← ∇R(θ̃) - (n / |B|) ∇R_B(θ̃), divided by the exponential of the frame that it returns. */
  #correct(batch: Risk, logScale: number): number {
    const kernels = this.#kernels;
    const { moving, spare } = this.#store;
    const correction = this.#correction;
    spare.view.set(moving.view);
    moving.view.set(this.#anchor.view);
    batch.forward();
    batch.backward(correction);
    moving.view.set(spare.view);
    const logRisk = batch.logRisk + logScale;
    const frame = Math.max(this.#own.anchorLogRisk, logRisk);
    if (frame === Number.NEGATIVE_INFINITY)
      correction.view.fill(0); // a squared loss of 0, whose gradient is 0
    else {
      const [all, own] = [kernels.exp(this.#own.anchorLogRisk - frame), kernels.exp(logRisk - frame)];
      kernels.axpby(this.#anchorGhat.ptr, correction.ptr, correction.length, all, -own);
    }
    return frame;
  }
}
