import { type Arena, ArenaPlan, type Kernels } from "@steepest/kernels";
import { type Certificate, certificate } from "../kkt/certificate.js";
import { marginOf } from "../margin/margin.js";
import { sampleShapeOf } from "../network/data.js";
import type { Scorer } from "../network/network.js";
import { normShape } from "../network/normShape.js";
import { type BoundNorm, bindNorm } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import type { StepSize } from "../optimizer/optimizer.js";
import type { Judged, StepContext } from "../step/stepRule.js";
import { leaveOutIdleInputs } from "./idleInputs.js";
import { MiniBatches } from "./miniBatches.js";
import { checkHost, checkTrainOptions, type TrainHost, type TrainOptions } from "./options.js";
import { divergenceOf, outcomeOf, type RunOutcome, stepLimit, stuckAt } from "./outcome.js";
import { ParameterStore } from "./parameterStore.js";
import { optimizersOf, Pilot } from "./pilot.js";
import { planTraining, trackedScratchBytes } from "./planTraining.js";
import type { TrainPoint } from "./point.js";
import { alignmentInput, pointOf } from "./pointOf.js";
import { refuseOutOfRange } from "./range.js";
import { Risk } from "./risk.js";
import type { SampleMargins } from "./sampleMargins.js";
import { trackedAs, trackedNorms } from "./trackedNorms.js";
import { type WarningFacts, zeroSampleCount } from "./warnings.js";

/** At separation the soft margin is 0 and a relative fall means nothing; from this log risk on it does. */
const watchBelow = -5;

/** Steps that a rule may take back in a row; even shrinking by 2^(1/10) reaches the resolution of θ long before. */
const mostAttempts = 2000;

/**
 * One run, advanced step by step by its caller.
 *
 *   one step:  aim (memory, direction) -> size (step rule) -> move -> forward, log risk and sample weights -> backward
 *
 * `logRisk`, `minMargin` and the steps of perfect accuracy and separation are those of the current θ; with mini-batches, of the last epoch's end; after a
 * divergence, of the last θ whose scores were finite.
 * Everything else that is asked for belongs to the current θ; within an epoch it costs a pass over all samples.
 */
export class Training {
  readonly #options: TrainOptions;
  readonly #kernels: Kernels;
  readonly #store: ParameterStore;
  readonly #zeroSamples: number;
  /** Risk of all samples. */
  readonly #full: Risk;
  readonly #batches: MiniBatches | undefined;
  readonly #pilot: Pilot;
  readonly #test: { readonly scorer: Scorer; readonly labels: ArrayLike<number> } | undefined;
  /** Tracked norms bound to θ, every phase's own norm included. */
  readonly #tracked: ReadonlyMap<string, BoundNorm>;
  readonly #separationLogRisk: number;
  #step = 0;
  #logRisk = Number.NaN;
  #minMargin = Number.NaN;
  #perfectAccuracyStep: number | undefined;
  #separationStep: number | undefined;
  #outcome: RunOutcome | undefined;
  /** True if risk, weights and ghat of all samples belong to the current θ. */
  #isFresh = false;
  #lastLength = Number.NaN;
  #largestDecay = 0;
  #watchedSoftMargin: number | undefined;
  #worstDrop = 0;

  /** @throws DefinitionError, DimensionError, DataError, ArenaFullError */
  constructor(options: TrainOptions, host: TrainHost) {
    checkTrainOptions(options);
    this.#options = { ...options, ...(options.stop && { stop: { ...options.stop } }) };
    const { network, data, testData, loss, optimizer, step, phases = [], batch } = options;
    const optimizers = optimizersOf(optimizer, phases);
    const keepAll = optimizers.some(({ ownNorm, needsEveryWeight }) => ownNorm.dependsOnPosition || needsEveryWeight);
    new ArenaPlan().span(network.layout.totalCount).span(network.layout.totalCount).requireAddressable(); // before anything of that size is made
    const compacted = leaveOutIdleInputs(network, data, keepAll);
    const shape = normShape(network.layout);
    const movingShape = normShape(compacted.network.layout);
    const tracked = [...trackedNorms(options).values()];
    const arena: Arena = planTraining({
      network,
      compact: { network: compacted.network, samples: sampleShapeOf(compacted.data) },
      testSamples: testData && sampleShapeOf(testData),
      optimizers,
      tracked,
      batch,
    }).allocate(checkHost(host));

    const kernels = arena.kernels;
    this.#kernels = kernels;
    this.#zeroSamples = zeroSampleCount(data);
    this.#store = new ParameterStore(arena, network, compacted);
    const scratch = arena.scratch(trackedScratchBytes(tracked, shape));
    this.#full = new Risk(arena, compacted.network.trainer(arena, this.#store.used, compacted.data), loss, data.labels);
    this.#batches = batch && new MiniBatches(arena, compacted, this.#store.used, loss, batch, options.seed, host.kernels);
    this.#test = testData && { scorer: network.scorer(arena, this.#store.canonical, testData), labels: Float64Array.from(testData.labels) };
    this.#pilot = new Pilot(arena, this.#store, movingShape, optimizer, step, phases);
    this.#tracked = new Map(tracked.map((norm) => [norm.id, bindNorm(kernels, norm, shape, scratch)]));
    this.#separationLogRisk = loss.separationLogRisk(kernels);
    this.#store.initialise(options.init, options.seed);
    this.#evaluate();
    refuseOutOfRange({ ...compacted, kernels, weights: this.#store.used, full: this.#full, ghat: this.#store.ghat });
    this.#settle();
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

  /** The circumstances that decide which warnings are true, and their advice. */
  get warningFacts(): WarningFacts {
    const { optimizer, rule, control } = this.#pilot.steering;
    const keepsSoftMargin = control.keepsSoftMargin ?? false;
    return { optimizer, rule, keepsSoftMargin, largestDecay: this.#largestDecay, zeroSamples: this.#zeroSamples };
  }

  /** The outcome of the run; undefined while it goes on. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  /** Makes one step; nothing once there is an outcome. */
  advance(): void {
    if (this.#outcome) return;
    const { watchSoftMargin } = this.#options;
    if (this.#pilot.handOver(this)) {
      this.#watchedSoftMargin = undefined; // a fall is measured in one norm
      if (watchSoftMargin && !this.#isWithinEpoch) this.#watch();
    }
    if (!this.#batches) this.#move(this.#full);
    else {
      const batch = this.#batches.at(this.#step);
      this.#isFresh = false;
      if (batch.forward()) {
        batch.backward(this.#store.ghat);
        this.#move(batch);
      } else this.#outcome = { kind: "diverged", step: this.#step, what: "scores" };
    }
    if (watchSoftMargin && !this.#isWithinEpoch && this.#outcome?.kind !== "diverged") this.#watch();
  }

  get #isWithinEpoch(): boolean {
    return this.#batches?.isWithinEpoch(this.#step) ?? false;
  }

  /** One step down the risk of `seen`, whose gradient is in place. */
  #move(seen: Risk): void {
    const { bound, control } = this.#pilot.steering;
    const seenLogRisk = this.#asSeen(seen);
    bound.aim(seenLogRisk);
    const context = this.#context(seen, seenLogRisk);
    const softMargin = control.accepts ? this.ownSoftMargin() : Number.NaN;
    const before = control.accepts && { ...this.#judged(), softMargin: () => softMargin };
    if (before || bound.rescales) this.#store.remember();
    for (let attempt = 0; ; attempt++) {
      const stepSize = this.#asLength(control.size(context));
      if (stepSize.size === Infinity && this.#batches) {
        this.#finish(Number.NaN, { size: 0, logScale: 0 }); // every sample of the batch has zero gradient, so the step size is infinite: skip the step
        return;
      }
      if (!Number.isFinite(stepSize.size)) {
        this.inspect(); // all samples: a gradient of zero ends the run
        if (this.#outcome) return;
      }
      const length = bound.move(stepSize);
      if (!before || !control.accepts) {
        if (Number.isFinite(length)) this.#finish(length, stepSize);
        else {
          this.#isFresh = false;
          this.#outcome = { kind: "diverged", step: ++this.#step, what: "stepLength" };
        }
        return;
      }
      this.#full.forward();
      const moved = this.#store.hasMoved();
      if (moved && (bound.hasRescaled?.() || control.accepts(before, this.#judged()))) {
        this.#finish(length, stepSize, true);
        return;
      }
      this.#store.takeBack();
      if (!moved || attempt === mostAttempts) {
        this.#stall();
        return;
      }
    }
  }

  /** The step size that moves θ by the length a rule has asked for, if the rule paces by the own norm. */
  #asLength(asked: StepSize): StepSize {
    const { optimizer, rule } = this.#pilot.steering;
    return rule.appliesTo === "unit" ? { ...asked, size: asked.size / (optimizer.unitLength ?? 1) } : asked;
  }

  /** Ends a step of this size, which multiplied its direction by `length`; NaN if it moved nothing. */
  #finish(length: number, { size, logScale }: StepSize, isForwarded = false): void {
    const { bound } = this.#pilot.steering;
    const isRescaling = bound.hasRescaled?.() ?? false;
    this.#lastLength = isRescaling ? Number.NaN : length;
    if (bound.decay) this.#largestDecay = Math.max(this.#largestDecay, bound.decay * size * this.#kernels.exp(logScale));
    this.#step++;
    if (this.#isWithinEpoch) this.#outcome = stepLimit(this.#step, this.#options.stop);
    else {
      this.#evaluate(isForwarded);
      this.#settle();
    }
  }

  /** θ is where it was before the step, and so is everything that belongs to it. */
  #stall(): void {
    this.#full.forward();
    this.#lastLength = Number.NaN;
    this.inspect();
    this.#outcome ??= { kind: "stalled", step: this.#step };
  }

  /** log of the risk that the optimiser sees. */
  #asSeen({ logRisk, margins }: Risk): number {
    return this.#options.loss.reduction === "mean" ? logRisk - this.#kernels.log(margins.length) : logRisk;
  }

  #context(seen: Risk, logRisk: number): StepContext {
    const { optimizer, ownMoving, firstStep } = this.#pilot.steering;
    const { spare } = this.#store;
    let largest: number | undefined;
    return {
      kernels: this.#kernels,
      step: this.#step - firstStep,
      logRisk,
      logRiskOfSum: seen.logRisk,
      separated: seen.logRisk < this.#separationLogRisk,
      degree: this.#options.network.degree,
      normOfTheta: () => this.#normOfTheta(this.#tracked.get(optimizer.ownNorm.id)!),
      normOfMoving: () => ownMoving.norm(this.#store.moving),
      dualNormOfGhat: () => ownMoving.dualNorm(this.#store.ghat),
      maxSampleGradient: () => {
        largest ??= seen.trainer.maxSampleGradient(ownMoving, spare);
        return largest;
      },
    };
  }

  #judged(): Judged {
    return {
      logRisk: this.#asSeen(this.#full),
      separated: this.#full.logRisk < this.#separationLogRisk,
      softMargin: () => this.ownSoftMargin(),
    };
  }

  #normOfTheta(norm: BoundNorm): number {
    return norm.norm(this.#store.canonicalTheta());
  }

  get #own(): BoundNorm {
    return this.#tracked.get(this.#pilot.steering.optimizer.ownNorm.id)!;
  }

  /** The state at the current θ. Costs a few passes over θ and the test data. */
  point(): TrainPoint {
    this.#refresh();
    return pointOf({
      options: this.#options,
      kernels: this.#kernels,
      store: this.#store,
      full: this.#full,
      tracked: this.#tracked,
      steering: this.#pilot.steering,
      lastLength: this.#lastLength,
      test: this.#test,
      step: this.#step,
      perfectAccuracyStep: this.#perfectAccuracyStep,
      separationStep: this.#separationStep,
      worstSoftMarginDrop: this.#options.watchSoftMargin ? this.#worstDrop : Number.NaN,
    });
  }

  /** The soft margin in the current optimiser's own norm. */
  ownSoftMargin(): number {
    this.#refresh();
    const { network, loss } = this.#options;
    const numerator = loss.softMarginNumerator(this.#kernels, this.#full.logRisk);
    return marginOf(this.#kernels, numerator, this.#normOfTheta(this.#own), network.degree);
  }

  /**
   * The KKT certificate at the current θ with the multipliers of the trajectory, in the own norm or a tracked one.
   *
   * @throws DefinitionError  if the norm is neither
   */
  certificate(norm: Norm): Certificate {
    const bound = trackedAs(this.#tracked, norm);
    const margins = this.scaledMargins();
    return certificate({
      ...alignmentInput(this.#kernels, this.#store, bound),
      norm: norm.id,
      degree: this.#options.network.degree,
      sampleMargins: margins.values,
      marginExponent: margins.exponent,
      weights: this.#full.weights,
    });
  }

  /** A copy of every weight, blocks in layer order, row-major w[outputs][inputs]: what `init` accepts. */
  parameters(): Float64Array {
    return this.#store.copy();
  }

  /** A copy of ghat = ∇R / R over θ, in the order of the network's layout. */
  gradient(): Float64Array {
    this.#refresh();
    return this.#store.canonicalGhat().view.slice();
  }

  /** A copy of the scores f(xᵢ; θ). */
  scores(): Float64Array {
    this.#refresh();
    return this.#full.trainer.scores.view.slice();
  }

  /** A copy of the sample margins qᵢ. */
  sampleMargins(): Float64Array {
    this.#refresh();
    return this.#full.margins.slice();
  }

  /** The sample margins qᵢ, of any size. */
  scaledMargins(): SampleMargins {
    this.#refresh();
    return this.#full.sampleMargins();
  }

  /** A copy of the weights wᵢ = -l'(qᵢ) / R. */
  weights(): Float64Array {
    this.#refresh();
    return this.#full.weights.slice();
  }

  /**
   * Looks at what only a full pass over θ and ghat shows: entries that are no longer finite, and a gradient that is exactly zero although the data is
   * not separated. `drive` calls it at record points.
   */
  inspect(): void {
    if (this.#outcome?.kind === "diverged") return;
    this.#refresh();
    const largest = this.#store.largestGradient();
    const divergence = divergenceOf(this.#step, this.#full, this.#store.largest(), largest);
    if (divergence) this.#outcome = divergence;
    else if (largest === 0 && !this.#batches && !(this.#logRisk < this.#separationLogRisk))
      this.#outcome ??= stuckAt(this.#step, this.#full);
  }

  /** The risk of all samples and its gradient at the current θ. */
  #evaluate(isForwarded = false): void {
    if (isForwarded ? this.#full.hasFiniteScores : this.#full.forward()) this.#full.backward(this.#store.ghat);
    else this.#store.ghat.view.fill(Number.NaN);
    this.#isFresh = true;
  }

  /** Evaluates all samples at the current θ unless that is done already; only within an epoch it is not. */
  #refresh(): void {
    if (!this.#isFresh) this.#evaluate();
  }

  /** Sets outcome, log risk, smallest margin and the first steps of perfect accuracy and separation from the risk of all samples. */
  #settle(): void {
    const [step, { logRisk, minMargin, hasFiniteScores }] = [this.#step, this.#full];
    this.#outcome = outcomeOf(step, this.#full, this.#options.stop);
    if (!hasFiniteScores) return;
    this.#logRisk = logRisk;
    this.#minMargin = minMargin;
    if (this.#perfectAccuracyStep === undefined && this.#full.isPerfect()) this.#perfectAccuracyStep = step;
    if (logRisk < this.#separationLogRisk) this.#separationStep ??= step;
  }

  #watch(): void {
    const before = this.#watchedSoftMargin;
    const settled = this.#logRisk < watchBelow;
    if (before === undefined && !settled) return;
    const now = this.ownSoftMargin();
    if (before !== undefined) this.#worstDrop = Math.max(this.#worstDrop, (before - now) / before);
    this.#watchedSoftMargin = settled ? now : undefined;
  }
}
