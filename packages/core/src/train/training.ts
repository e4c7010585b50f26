import { type Arena, ArenaPlan, type Kernels, type Span } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import { type Certificate, certificate } from "../kkt/certificate.js";
import { type AlignmentInput, alignment } from "../margin/alignment.js";
import { marginOf } from "../margin/margin.js";
import { supportSamples } from "../margin/supportSamples.js";
import { type LabelledData, sampleCountOf } from "../network/data.js";
import { initialise } from "../network/init.js";
import type { Scorer, Trainer } from "../network/network.js";
import { normShape } from "../network/normShape.js";
import { type BoundNorm, bindNorm, normScratchBytes } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import { norms } from "../norm/registry.js";
import type { BoundOptimizer } from "../optimizer/optimizer.js";
import { type Compacted, leaveOutIdleInputs } from "./idleInputs.js";
import { checkTrainOptions, type TrainHost, type TrainOptions } from "./options.js";
import type { RunOutcome } from "./outcome.js";
import type { TrainPoint } from "./point.js";

const supportTolerance = 0.01;

/** At separation the soft margin is 0 and a relative fall means nothing; from this log risk on it does. */
const watchBelow = -5;

/**
 * One run, advanced step by step by whoever holds it.
 *
 *   one step:  move (step rule) -> forward -> log risk and sample weights -> backward
 *
 * After the constructor and after every `advance` the risk, the weights and ghat belong to the current θ.
 */
export class Training {
  readonly #options: TrainOptions;
  readonly #kernels: Kernels;
  readonly #spans: Record<
    | "parameters"
    | "canonical"
    | "canonicalGhat"
    | "ghat"
    | "direction"
    | "margins"
    | "weights"
    | "coefficients"
    | "labels"
    | "negativeLabels",
    Span
  >;
  readonly #compacted: Compacted;
  /** Every trainable parameter, in the order of the network's layout: what norms measure. Up to date after `#updateCanonical`. */
  readonly #theta: Span;
  readonly #trainer: Trainer;
  readonly #scorer: Scorer | undefined;
  readonly #optimizer: BoundOptimizer;
  /** The own norm on the parameters that move. */
  readonly #ownMoving: BoundNorm;
  readonly #own: BoundNorm;
  /** On θ, the own norm included. */
  readonly #tracked: readonly BoundNorm[];
  readonly #separationLogRisk: number;
  readonly #logReduction: number;
  #step = 0;
  #logRisk = Number.NaN;
  #minMargin = Number.NaN;
  #perfectAccuracyStep: number | undefined;
  #separationStep: number | undefined;
  #outcome: RunOutcome | undefined;
  #watchedSoftMargin: number | undefined;
  #worstDrop = 0;

  /** @throws DefinitionError, DimensionError, DataError, ArenaFullError */
  constructor(options: TrainOptions, host: TrainHost) {
    checkTrainOptions(options);
    this.#options = options;
    const { network, data, testData, loss, optimizer } = options;
    const n = sampleCountOf(data);
    const { parameterCount, totalCount } = network.layout;
    const compacted = leaveOutIdleInputs(network, data, optimizer.ownNorm.dependsOnPosition);
    const movingCount = compacted.network.layout.parameterCount;
    const shape = normShape(network.layout);
    const movingShape = normShape(compacted.network.layout);
    const tracked = withOwn(options.track ?? Object.values(norms), optimizer.ownNorm);
    const scratchBytes = Math.max(
      normScratchBytes(optimizer.ownNorm, movingShape),
      ...tracked.map((norm) => normScratchBytes(norm, shape)),
    );
    const lengths = {
      parameters: totalCount,
      canonical: totalCount,
      canonicalGhat: parameterCount,
      ghat: movingCount,
      direction: movingCount,
      margins: n,
      weights: n,
      coefficients: n,
      labels: n,
      negativeLabels: n,
    };
    const plan = new ArenaPlan().spans(lengths).scratch(scratchBytes);
    compacted.network.plan(plan, compacted.data, "training");
    if (testData) network.plan(plan, testData, "forward");
    optimizer.plan(plan, movingShape);
    const arena: Arena = plan.allocate(host.kernels);

    const kernels = arena.kernels;
    this.#kernels = kernels;
    this.#compacted = compacted;
    this.#spans = arena.spans(lengths);
    const scratch = arena.scratch(scratchBytes);
    const { parameters, canonical, ghat, direction, labels, negativeLabels } = this.#spans;
    this.#theta = part(canonical, 0, parameterCount);
    const moving = part(parameters, compacted.idleCount, movingCount);
    const used = part(parameters, compacted.idleCount, totalCount - compacted.idleCount);
    this.#trainer = compacted.network.trainer(arena, used, compacted.data);
    this.#scorer = testData && network.scorer(arena, canonical, testData);
    this.#optimizer = optimizer.bind({ kernels, arena, shape: movingShape, theta: moving, ghat, direction });
    this.#ownMoving = bindNorm(kernels, optimizer.ownNorm, movingShape, scratch);
    this.#tracked = tracked.map((norm) => bindNorm(kernels, norm, shape, scratch));
    this.#own = this.#tracked.find(({ id }) => id === optimizer.ownNorm.id)!;
    this.#separationLogRisk = loss.separationLogRisk(kernels);
    this.#logReduction = loss.reduction === "mean" ? kernels.log(n) : 0;
    labels.view.set(Array.from(data.labels));
    negativeLabels.view.set(Array.from(data.labels, (y) => -y));
    initialise(kernels, network, canonical, options.init, options.seed);
    for (let i = 0; i < totalCount; i++) parameters.view[i] = canonical.view[compacted.order[i]!]!;
    this.#evaluate();
    if (options.watchSoftMargin && this.#outcome?.kind !== "diverged") this.#watch();
  }

  /** t: the number of steps made. */
  get step(): number {
    return this.#step;
  }

  get logRisk(): number {
    return this.#logRisk;
  }

  get minMargin(): number {
    return this.#minMargin;
  }

  get perfectAccuracyStep(): number | undefined {
    return this.#perfectAccuracyStep;
  }

  get separationStep(): number | undefined {
    return this.#separationStep;
  }

  /** How the run ended; undefined while it goes on. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  /** Makes one step; nothing once there is an outcome. */
  advance(): void {
    if (this.#outcome) return;
    const seenLogRisk = this.#logRisk - this.#logReduction;
    const stepSize = this.#options.step.size({
      kernels: this.#kernels,
      step: this.#step,
      logRisk: seenLogRisk,
      maxSampleGradient: () => this.#trainer.maxSampleGradient(this.#ownMoving, this.#spans.direction),
    });
    if (!Number.isFinite(stepSize.size)) {
      this.inspect(); // a rule that divides by a gradient meets 0 where nothing can move any more
      if (this.#outcome) return;
    }
    const length = this.#optimizer.step(seenLogRisk, stepSize);
    this.#step++;
    if (!Number.isFinite(length)) this.#outcome = { kind: "diverged", step: this.#step, what: "stepLength" };
    else this.#evaluate();
    if (this.#options.watchSoftMargin && this.#outcome?.kind !== "diverged") this.#watch();
  }

  /** The state at the current θ. Costs a few passes over θ and the test data. */
  point(): TrainPoint {
    const { network, loss } = this.#options;
    const kernels = this.#kernels;
    const { margins } = this.#spans;
    this.#updateCanonical();
    const numerator = loss.softMarginNumerator(kernels, this.#logRisk);
    const norm: Record<string, number> = {};
    const margin: Record<string, number> = {};
    const softMargin: Record<string, number> = {};
    for (const tracked of this.#tracked) {
      const value = tracked.norm(this.#theta);
      norm[tracked.id] = value;
      margin[tracked.id] = marginOf(kernels, this.#minMargin, value, network.degree);
      softMargin[tracked.id] = marginOf(kernels, numerator, value, network.degree);
    }
    return {
      step: this.#step,
      logRisk: this.#logRisk,
      minMargin: this.#minMargin,
      trainAccuracy: accuracy(margins.view),
      testAccuracy: this.#testAccuracy(),
      norm,
      margin,
      softMargin,
      ownNorm: this.#own.id,
      alignment: alignment(this.#alignmentInput(this.#own)),
      supportCount: supportSamples(margins.view, supportTolerance).length,
      worstSoftMarginDrop: this.#options.watchSoftMargin ? this.#worstDrop : Number.NaN,
      perfectAccuracyStep: this.#perfectAccuracyStep,
      separationStep: this.#separationStep,
    };
  }

  /** The soft margin in the optimiser's own norm. */
  ownSoftMargin(): number {
    const { network, loss } = this.#options;
    this.#updateCanonical();
    return marginOf(this.#kernels, loss.softMarginNumerator(this.#kernels, this.#logRisk), this.#own.norm(this.#theta), network.degree);
  }

  /**
   * With the multipliers of the trajectory, in the own norm or one that is tracked.
   *
   * @throws DefinitionError  if the norm is neither
   */
  certificate(norm: Norm): Certificate {
    const { margins, weights } = this.#spans;
    const bound = this.#tracked.find(({ id }) => id === norm.id);
    if (!bound) {
      const known = this.#tracked.map(({ id }) => id).join(", ");
      throw new DefinitionError(`certificate: the norm ${norm.id} is not tracked`, {
        path: "norm",
        value: norm.id,
        hint: `add it to track; tracked: ${known}`,
      });
    }
    this.#updateCanonical();
    return certificate({
      ...this.#alignmentInput(bound),
      norm: norm.id,
      degree: this.#options.network.degree,
      sampleMargins: margins.view,
      weights: weights.view,
    });
  }

  /** A copy of every weight, blocks in layer order, row-major w[outputs][inputs]: what `init` accepts. */
  parameters(): Float64Array {
    this.#updateCanonical();
    const { blocks, totalCount } = this.#options.network.layout;
    const copy = new Float64Array(totalCount);
    let next = 0;
    for (const { offset, inputs, outputs } of blocks) {
      copy.set(this.#spans.canonical.view.subarray(offset, offset + inputs * outputs), next);
      next += inputs * outputs;
    }
    return copy;
  }

  /** A copy of ghat = ∇R / R over θ, in the order of the network's layout. */
  gradient(): Float64Array {
    const { order, idleCount } = this.#compacted;
    const { canonicalGhat, ghat } = this.#spans;
    ghat.view.forEach((g, i) => {
      canonicalGhat.view[order[idleCount + i]!] = g; // idle entries stay 0
    });
    return canonicalGhat.view.slice();
  }

  /** A copy of the scores f(xᵢ; θ). */
  scores(): Float64Array {
    return this.#trainer.scores.view.slice();
  }

  /** A copy of the sample margins qᵢ. */
  sampleMargins(): Float64Array {
    return this.#spans.margins.view.slice();
  }

  /** A copy of the weights wᵢ = -l'(qᵢ) / R. */
  weights(): Float64Array {
    return this.#spans.weights.view.slice();
  }

  /**
   * Looks at what only a full pass over θ and ghat shows: entries that are no longer finite, and a gradient that is exactly zero although the data is
   * not separated. `drive` calls it at record points.
   */
  inspect(): void {
    if (this.#outcome?.kind === "diverged") return;
    const { parameters, ghat } = this.#spans;
    const step = this.#step;
    const largest = this.#kernels.maxAbs(ghat.ptr, ghat.length);
    if (!Number.isFinite(this.#kernels.maxAbs(parameters.ptr, parameters.length)))
      this.#outcome = { kind: "diverged", step, what: "parameters" };
    else if (!Number.isFinite(largest)) this.#outcome = { kind: "diverged", step, what: "gradient" };
    else if (largest === 0 && !(this.#logRisk < this.#separationLogRisk)) this.#outcome ??= { kind: "stationary-not-separated", step };
  }

  #evaluate(): void {
    const kernels = this.#kernels;
    const { margins, weights, coefficients, labels, negativeLabels, ghat } = this.#spans;
    const n = margins.length;
    const { scores } = this.#trainer;
    this.#trainer.forward();
    if (!Number.isFinite(kernels.maxAbs(scores.ptr, n))) {
      this.#outcome = { kind: "diverged", step: this.#step, what: "scores" };
      return;
    }
    kernels.multiply(scores.ptr, labels.ptr, margins.ptr, n);
    this.#minMargin = kernels.minimum(margins.ptr, n);
    this.#logRisk = this.#options.loss.evaluate(kernels, margins, weights);
    this.#trainer.backward();
    kernels.multiply(weights.ptr, negativeLabels.ptr, coefficients.ptr, n);
    this.#trainer.gradient(coefficients, ghat);
    if (this.#minMargin > 0) this.#perfectAccuracyStep ??= this.#step;
    if (this.#logRisk < this.#separationLogRisk) this.#separationStep ??= this.#step;
    this.#outcome = this.#judge();
  }

  #judge(): RunOutcome | undefined {
    const step = this.#step;
    const { stop } = this.#options;
    if (!Number.isFinite(this.#logRisk)) return { kind: "diverged", step, what: "logRisk" };
    if (stop?.logRiskBelow !== undefined && this.#logRisk < stop.logRiskBelow) return { kind: "finished", step, reason: "logRiskBelow" };
    if (stop?.steps !== undefined && step >= stop.steps) return { kind: "finished", step, reason: "steps" };
    return undefined;
  }

  #watch(): void {
    const before = this.#watchedSoftMargin;
    const settled = this.#logRisk < watchBelow;
    if (before === undefined && !settled) return;
    const now = this.ownSoftMargin();
    if (before !== undefined) this.#worstDrop = Math.max(this.#worstDrop, (before - now) / before);
    this.#watchedSoftMargin = settled ? now : undefined;
  }

  /** canonical ← the parameters in the order of the network's layout. */
  #updateCanonical(): void {
    const { canonical, parameters } = this.#spans;
    const { order } = this.#compacted;
    for (let i = 0; i < order.length; i++) canonical.view[order[i]!] = parameters.view[i]!;
  }

  #alignmentInput(norm: BoundNorm): AlignmentInput {
    const { canonicalGhat } = this.#spans;
    this.gradient();
    return {
      kernels: this.#kernels,
      theta: this.#theta,
      ghat: canonicalGhat,
      normOfTheta: norm.norm(this.#theta),
      dualNormOfGhat: norm.dualNorm(canonicalGhat),
    };
  }

  #testAccuracy(): number {
    if (!this.#scorer || !this.#options.testData) return Number.NaN;
    this.#scorer.forward();
    return agreement(this.#scorer.scores.view, this.#options.testData);
  }
}

/** Every norm once, by its id. */
function withOwn(track: readonly Norm[], own: Norm): Norm[] {
  return [...new Map([...track, own].map((norm) => [norm.id, norm])).values()];
}

function part({ ptr, view }: Span, offset: number, length: number): Span {
  return { ptr: ptr + offset * 8, length, view: view.subarray(offset, offset + length) };
}

function accuracy(margins: Float64Array): number {
  let right = 0;
  for (const q of margins) if (q > 0) right++;
  return right / margins.length;
}

function agreement(scores: Float64Array, data: LabelledData): number {
  let right = 0;
  scores.forEach((score, i) => {
    if (score * data.labels[i]! > 0) right++;
  });
  return right / scores.length;
}
