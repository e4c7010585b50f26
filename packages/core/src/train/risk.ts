import { type Arena, entryOf, type Kernels, type Span } from "@steepest/kernels";
import type { Head } from "../head/head.js";
import { type Objective, objectiveOf, objectiveSpans } from "../head/objective.js";
import { headOf } from "../head/registry.js";
import { areAllPositive, type SampleMargins, sampleMarginsOf, weightedMarginsOf } from "../head/sampleMargins.js";
import type { Loss } from "../loss/loss.js";
import { type SupervisedData, sampleCountOf } from "../network/data.js";
import type { Trainer } from "../network/network.js";

type RiskSpans = Record<keyof ReturnType<typeof objectiveSpans> | "signs" | "coefficients", number>;

export function riskSpans(n: number, outputs: number): RiskSpans {
  return { ...objectiveSpans(n, outputs), signs: n, coefficients: n };
}

/** The risk of a set of samples and its gradient, at the current weights. `backward` belongs to the last `forward` or `look`. */
export class Risk {
  readonly #kernels: Kernels;
  readonly #objective: Objective;
  readonly #outputs: number;
  readonly #spans: Record<keyof RiskSpans, Span>;
  readonly head: Head;
  readonly trainer: Trainer;
  /** log Σᵢ l(qᵢ); NaN where a score is not finite. */
  logRisk: number = Number.NaN;
  hasFiniteScores: boolean = false;
  #hasMargins = false;
  #hasSeeds = false;

  constructor(arena: Arena, trainer: Trainer, loss: Loss, data: SupervisedData) {
    const n = sampleCountOf(data);
    this.#kernels = arena.kernels;
    this.#outputs = trainer.scores.length / n;
    this.#spans = arena.spans(riskSpans(n, this.#outputs));
    this.head = headOf(data);
    this.trainer = trainer;
    this.#objective = objectiveOf({ kernels: arena.kernels, head: this.head, scores: trainer.scores, spans: this.#spans }, loss);
    this.load(data, [...Array(n).keys()]);
  }

  /** Takes the labels or targets of these rows of `source`, which is data of the same kind. */
  load(source: SupervisedData, rows: ArrayLike<number>): void {
    const { labels, signs, targets } = this.#spans;
    const outputs = this.#outputs;
    for (let i = 0; i < labels.length; i++) {
      const label = this.head.label(source, rows[i]!);
      labels.view[i] = label;
      signs.view[i] = this.#objective.sign(label);
      if (!this.#objective.seesMargins) this.head.target(source, rows[i]!, targets.view.subarray(i * outputs, (i + 1) * outputs));
    }
  }

  get sampleCount(): number {
    return this.#spans.margins.length;
  }

  /** Margins that one sample has: with C classes one for each of the C - 1 others. */
  get marginsPerSample(): number {
    return this.head.smoothed ? this.#outputs - 1 : 1;
  }

  /** qᵢ; NaN where there are none. */
  get margins(): Float64Array {
    this.#formMargins();
    return this.#spans.margins.view;
  }

  /** minᵢ qᵢ; NaN where a score is not finite. */
  get minMargin(): number {
    if (!this.hasFiniteScores) return Number.NaN;
    this.#formMargins();
    const { margins } = this.#spans;
    return this.#kernels.minimum(margins.ptr, margins.length);
  }

  /** True if minᵢ qᵢ > 0, even where it is below the range of f64. */
  isPerfect(): boolean {
    return areAllPositive(this.#labelled(), this.minMargin);
  }

  /** qᵢ of any size. */
  sampleMargins(): SampleMargins {
    return sampleMarginsOf(this.#labelled());
  }

  /** Means of each sample's margins with the weights of its multipliers, relative to the power of two of `margins`. */
  weightedMargins(margins: SampleMargins): Float64Array {
    this.#formSeeds();
    return weightedMarginsOf(this.#labelled(), this.#spans.seeds.view, margins);
  }

  /** f64[n][outputs]: wᵢ pᵢⱼ for the other classes j of a sample, 0 at its own; wᵢ where a sample has one margin, NaN where it has none. */
  pairWeights(): Float64Array {
    const { weights, seeds, labels } = this.#spans;
    const outputs = this.#outputs;
    if (!this.#objective.seesMargins) return new Float64Array(seeds.length).fill(Number.NaN);
    if (!this.#objective.seeds) return weights.view.slice();
    this.#formSeeds();
    return seeds.view.map((seed, k) => {
      const i = Math.floor(k / outputs);
      return k % outputs === labels.view[i] ? 0 : -weights.view[i]! * seed;
    });
  }

  /** <seedsᵢ, f(xᵢ)>: the score, and with several ones their sum with the seeds of the last backward pass. */
  seededScores(): number[] {
    const { scores } = this.trainer;
    const { seeds } = this.#objective;
    const outputs = this.#outputs;
    return Array.from(this.margins, (_, i) =>
      seeds ? this.#kernels.dot(entryOf(seeds, i * outputs), entryOf(scores, i * outputs), outputs) : scores.view[i]!,
    );
  }

  /** wᵢ = -l'(qᵢ) / R. */
  get weights(): Float64Array {
    return this.#spans.weights.view;
  }

  /** True if gradients of samples are those of the margins that the loss sees. */
  get seesMargins(): boolean {
    return this.#objective.seesMargins;
  }

  /** Samples that no step can reach any more: a sample whose scores of 0 are its targets is none. */
  deadSamples(): number {
    const dead = this.trainer.deadSamples();
    return dead === 0 || this.#objective.seesMargins ? dead : dead - this.#settledZeros();
  }

  /** False where a score is not finite; log risk, smallest margin and weights are NaN then, and the margins what they are. */
  forward(): boolean {
    return this.#evaluate(true);
  }

  /** `forward`, where a gradient is not expected to follow: one that does costs more. */
  look(): boolean {
    return this.#evaluate(false);
  }

  /** ghat ← ∇R / R. */
  backward(ghat: Span): void {
    const { weights, coefficients, signs } = this.#spans;
    this.#formSeeds();
    this.trainer.backward(this.#objective.seeds);
    this.#kernels.multiply(weights.ptr, signs.ptr, coefficients.ptr, weights.length);
    this.trainer.gradient(coefficients, ghat);
  }

  #evaluate(hasSeeds: boolean): boolean {
    this.trainer.forward();
    const { scores } = this.trainer;
    this.hasFiniteScores = Number.isFinite(this.#kernels.maxAbs(scores.ptr, scores.length));
    this.#hasMargins = false;
    if (!this.head.smoothed) this.#formMargins(); // the loss sees them
    this.#hasSeeds = hasSeeds || !this.hasFiniteScores;
    if (this.hasFiniteScores) this.logRisk = hasSeeds ? this.#objective.evaluate() : this.#objective.look();
    else {
      this.logRisk = Number.NaN;
      this.#spans.weights.view.fill(Number.NaN);
    }
    return this.hasFiniteScores;
  }

  /** Computes the margins of the scores, once. */
  #formMargins(): void {
    if (this.#hasMargins) return;
    const { margins, labels } = this.#spans;
    const samples = { scores: this.trainer.scores.ptr, labels: labels.ptr, n: margins.length, outputs: this.#outputs };
    this.head.margins(this.#kernels, samples, margins.ptr);
    this.#hasMargins = true;
  }

  /** Computes the seeds that a look has left out. */
  #formSeeds(): void {
    if (!this.#hasSeeds) this.#objective.evaluate();
    this.#hasSeeds = true;
  }

  #labelled() {
    return { head: this.head, scorer: this.trainer, labels: this.#spans.labels.view };
  }

  /** Samples whose scores and seeds are all 0. */
  #settledZeros(): number {
    const { seeds } = this.#spans;
    const outputs = this.#outputs;
    const isZero = (span: Span, i: number): boolean => this.#kernels.maxAbs(entryOf(span, i * outputs), outputs) === 0;
    return this.weights.reduce((count, _, i) => (isZero(seeds, i) && isZero(this.trainer.scores, i) ? count + 1 : count), 0);
  }
}
