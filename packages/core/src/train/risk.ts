import type { Arena, Kernels, Span } from "@steepest/kernels";
import type { Loss } from "../loss/loss.js";
import type { Trainer } from "../network/network.js";
import { areAllPositive, type SampleMargins, sampleMarginsOf } from "./sampleMargins.js";

type RiskSpans = Record<"margins" | "weights" | "coefficients" | "labels" | "negativeLabels", number>;

export function riskSpans(n: number): RiskSpans {
  return { margins: n, weights: n, coefficients: n, labels: n, negativeLabels: n };
}

/** The risk of a set of samples and its gradient, at the current weights. `backward` belongs to the last `forward`. */
export class Risk {
  readonly #kernels: Kernels;
  readonly #loss: Loss;
  readonly trainer: Trainer;
  readonly #spans: Record<keyof RiskSpans, Span>;
  /** log Σᵢ l(qᵢ); NaN where a score is not finite. */
  logRisk: number = Number.NaN;
  minMargin: number = Number.NaN;
  hasFiniteScores: boolean = false;

  constructor(arena: Arena, trainer: Trainer, loss: Loss, labels: ArrayLike<number>) {
    this.#kernels = arena.kernels;
    this.#loss = loss;
    this.trainer = trainer;
    this.#spans = arena.spans(riskSpans(labels.length));
    this.relabel(labels);
  }

  relabel(labels: ArrayLike<number>): void {
    this.#spans.labels.view.set(labels);
    for (let i = 0; i < labels.length; i++) this.#spans.negativeLabels.view[i] = -labels[i]!;
  }

  get margins(): Float64Array {
    return this.#spans.margins.view;
  }

  /** True if minᵢ qᵢ > 0, even where it is below the range of f64. */
  isPerfect(): boolean {
    return areAllPositive(this.trainer, this.#spans.labels.view, this.minMargin);
  }

  /** qᵢ of any size. */
  sampleMargins(): SampleMargins {
    return sampleMarginsOf(this.trainer, this.#spans.labels.view);
  }

  /** wᵢ = -l'(qᵢ) / R. */
  get weights(): Float64Array {
    return this.#spans.weights.view;
  }

  /** False where a score is not finite; log risk, smallest margin and weights are NaN then, and the margins what they are. */
  forward(): boolean {
    const kernels = this.#kernels;
    const { margins, weights, labels } = this.#spans;
    const n = margins.length;
    this.trainer.forward();
    const { scores } = this.trainer;
    this.hasFiniteScores = Number.isFinite(kernels.maxAbs(scores.ptr, n));
    kernels.multiply(scores.ptr, labels.ptr, margins.ptr, n);
    if (!this.hasFiniteScores) {
      this.logRisk = Number.NaN;
      this.minMargin = Number.NaN;
      weights.view.fill(Number.NaN);
      return false;
    }
    this.minMargin = kernels.minimum(margins.ptr, n);
    this.logRisk = this.#loss.evaluate(kernels, margins, weights);
    return true;
  }

  /** ghat ← ∇R / R. */
  backward(ghat: Span): void {
    const { weights, coefficients, negativeLabels } = this.#spans;
    this.trainer.backward();
    this.#kernels.multiply(weights.ptr, negativeLabels.ptr, coefficients.ptr, weights.length);
    this.trainer.gradient(coefficients, ghat);
  }
}
