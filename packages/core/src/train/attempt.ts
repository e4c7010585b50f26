import type { Kernels } from "@steepest/kernels";
import type { Loss } from "../loss/loss.js";
import { marginOf } from "../margin/margin.js";
import type { BoundNorm } from "../norm/boundNorm.js";
import type { StepSize } from "../optimizer/optimizer.js";
import type { Judged, StepContext } from "../step/stepRule.js";
import type { Evaluation } from "./evaluation.js";
import type { ParameterStore } from "./parameterStore.js";
import type { Pilot } from "./pilot.js";
import type { SeenRisk } from "./seenRisk.js";

/** Steps that a rule may take back in a row; even shrinking by 2^(1/10) reaches the resolution of θ long before. */
const mostAttempts = 2000;

/** A step that was not taken: every sample of the batch has zero gradient, so the step size is infinite. */
const skipped = { kind: "moved", length: Number.NaN, stepSize: { size: 0, logScale: 0 }, isForwarded: false } as const;

/** The end of an attempt: θ has moved, or the run cannot go on from where it is. */
export type Attempted =
  | {
      readonly kind: "moved";
      /** The factor of the direction; NaN if nothing moved. */
      readonly length: number;
      readonly stepSize: StepSize;
      /** True if the forward pass of all samples has run at the new θ. */
      readonly isForwarded: boolean;
    }
  | { readonly kind: "diverged" | "stalled" | "ended" };

export interface AttemptParts {
  readonly kernels: Kernels;
  readonly store: ParameterStore;
  readonly evaluation: Evaluation;
  readonly pilot: Pilot;
  readonly loss: Loss;
  readonly degree: number;
  readonly separationLogRisk: number;
  readonly tracked: ReadonlyMap<string, BoundNorm>;
  /** True if a step sees the samples of a batch only. */
  readonly inBatches: boolean;
}

/**
 * The steps of a run, one at a time.
 *
 *   aim (memory, direction) -> size (step rule) -> try (move) -> judge (step rule); a step that is refused is taken back and tried with another size
 */
export class Attempt {
  readonly #parts: AttemptParts;

  constructor(parts: AttemptParts) {
    this.#parts = parts;
  }

  /**
   * One step down the risk of `seen`, whose gradient is in place.
   *
   * @param step     the number of steps made
   * @param inspect  looks at the gradient of all samples, and says whether that ends the run
   */
  make(seen: SeenRisk, step: number, inspect: () => boolean): Attempted {
    const { evaluation, inBatches, pilot, store } = this.#parts;
    const { bound, control } = pilot.steering;
    bound.aim(this.#asSeen(seen.frame, seen.sampleCount));
    const context = this.#context(seen, step);
    const softMargin = control.accepts ? this.ownSoftMargin() : Number.NaN;
    const before = control.accepts && { ...this.#judged(), softMargin: () => softMargin };
    if (before || bound.rescales) store.remember();
    for (let attempt = 0; ; attempt++) {
      const stepSize = this.#asLength(control.size(context));
      if (stepSize.size === Infinity && inBatches) return skipped;
      if (!Number.isFinite(stepSize.size) && inspect()) return { kind: "ended" };
      const length = bound.move(stepSize);
      if (!before || !control.accepts) {
        return Number.isFinite(length) ? { kind: "moved", length, stepSize, isForwarded: false } : { kind: "diverged" };
      }
      evaluation.risk.forward();
      const moved = store.hasMoved();
      if (moved && (bound.hasRescaled?.() || control.accepts(before, this.#judged()))) {
        return { kind: "moved", length, stepSize, isForwarded: true };
      }
      store.takeBack();
      if (!moved || attempt === mostAttempts) return { kind: "stalled" };
    }
  }

  /** The soft margin of all samples in the current optimiser's own norm. */
  ownSoftMargin(): number {
    const { degree, evaluation, kernels, loss } = this.#parts;
    evaluation.refresh();
    return marginOf(kernels, loss.softMarginNumerator(kernels, evaluation.risk.logRisk), this.#normOfTheta(), degree);
  }

  #normOfTheta(): number {
    const { pilot, store, tracked } = this.#parts;
    return tracked.get(pilot.steering.optimizer.ownNorm.id)!.norm(store.canonicalTheta());
  }

  /** The step size that moves θ by the length a rule has asked for, if the rule paces by the own norm. */
  #asLength(asked: StepSize): StepSize {
    const { optimizer, rule } = this.#parts.pilot.steering;
    return rule.appliesTo === "unit" ? { ...asked, size: asked.size / (optimizer.unitLength ?? 1) } : asked;
  }

  /** The logarithm of the risk that the optimiser sees, or of a frame, from that of a sum. */
  #asSeen(logRisk: number, sampleCount: number): number {
    const { kernels, loss } = this.#parts;
    return loss.reduction === "mean" ? logRisk - kernels.log(sampleCount) : logRisk;
  }

  #context({ risk, logRisk, frame, sampleCount }: SeenRisk, step: number): StepContext {
    const { degree, kernels, pilot, separationLogRisk, store } = this.#parts;
    const { ownMoving, firstStep } = pilot.steering;
    let largest: number | undefined;
    return {
      kernels,
      step: step - firstStep,
      logRisk: this.#asSeen(logRisk, sampleCount),
      logRiskOfSum: risk.logRisk,
      separated: risk.logRisk < separationLogRisk,
      degree,
      normOfTheta: () => this.#normOfTheta(),
      normOfMoving: () => ownMoving.norm(store.moving),
      dualNormOfGhat: () => ownMoving.dualNorm(store.ghat) * (frame === logRisk ? 1 : kernels.exp(frame - logRisk)),
      maxSampleGradient: () => {
        largest ??= risk.trainer.maxSampleGradient(ownMoving, store.spare);
        return largest;
      },
    };
  }

  #judged(): Judged {
    const { risk } = this.#parts.evaluation;
    return {
      logRisk: this.#asSeen(risk.logRisk, risk.sampleCount),
      separated: risk.logRisk < this.#parts.separationLogRisk,
      softMargin: () => this.ownSoftMargin(),
    };
  }
}
