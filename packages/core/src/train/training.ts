import { type Arena, ArenaPlan, type Kernels } from "@steepest/kernels";
import type { LabelledScores, SampleMargins } from "../head/sampleMargins.js";
import { type KktResidual, kktResidual } from "../kkt/kktResidual.js";
import { sampleShapeOf } from "../network/data.js";
import { normShape } from "../network/normShape.js";
import { type BoundNorm, bindNorm } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import { Attempt, type Attempted } from "./attempt.js";
import { isFresh, seesEverySample } from "./batches.js";
import { Evaluation } from "./evaluation.js";
import { limitScores } from "./homogeneity.js";
import { leaveOutIdleInputs } from "./idleInputs.js";
import { Meters } from "./measurement/meters.js";
import { MiniBatches } from "./miniBatches.js";
import { checkHost, checkTrainOptions, type TrainHost, type TrainOptions } from "./options.js";
import { divergenceOf, outcomeOf, type RunOutcome, stepLimit, stuckAt } from "./outcome.js";
import { ParameterStore } from "./parameterStore.js";
import { optimizersOf, Pilot } from "./pilot.js";
import { planTraining, trackedScratch } from "./planTraining.js";
import type { TrainPoint } from "./point.js";
import { alignmentInput, pointOf } from "./pointOf.js";
import { refuseOutOfRange } from "./range.js";
import { Risk } from "./risk.js";
import { type SeenRisk, seenAsItIs } from "./seenRisk.js";
import { SoftMarginWatch } from "./softMarginWatch.js";
import { type TestScores, testScores } from "./testScores.js";
import { normIdOf, requireCertifiable, trackedAs, trackedNorms } from "./trackedNorms.js";
import { type WarningFacts, zeroSampleCount } from "./warnings.js";

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
  readonly #evaluation: Evaluation;
  readonly #attempt: Attempt;
  readonly #batches: MiniBatches | undefined;
  readonly #pilot: Pilot;
  readonly #test: TestScores | undefined;
  readonly #limit: LabelledScores | undefined;
  /** Tracked norms bound to θ, every phase's own norm included. */
  readonly #tracked: ReadonlyMap<string, BoundNorm>;
  readonly #separationLogRisk: number;
  #step = 0;
  #logRisk = Number.NaN;
  #minMargin = Number.NaN;
  #perfectAccuracyStep: number | undefined;
  #separationStep: number | undefined;
  #outcome: RunOutcome | undefined;
  #lastLength = Number.NaN;
  #largestDecay = 0;
  readonly #softMarginWatch = new SoftMarginWatch();
  readonly #meters: Meters;

  /**
   * A training at its initial parameters, all of whose memory is allocated.
   *
   * @param options  network, data, loss, optimiser, step rule, initialisation, seed; not modified
   * @param host     kernels to compute with
   * @throws DefinitionError  if an option has no meaning, or two contradict one another
   * @throws DimensionError   if lengths do not fit
   * @throws DataError        if an input or a label is not one
   * @throws ArenaFullError   if the memory does not fit
   */
  constructor(options: TrainOptions, host: TrainHost) {
    checkTrainOptions(options);
    this.#options = { ...options, ...(options.stop && { stop: { ...options.stop } }) };
    const { network, data, testData, loss, optimizer, step, phases = [], batch, measure, seed } = options;
    const optimizers = optimizersOf(optimizer, phases);
    const keepAll =
      (batch !== undefined && isFresh(batch)) || // other samples may use other columns
      optimizers.some(({ ownNorm, needsEveryWeight }) => ownNorm.dependsOnPosition || needsEveryWeight);
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
      measure,
    }).allocate(checkHost(host));

    const kernels = arena.kernels;
    this.#kernels = kernels;
    this.#zeroSamples = zeroSampleCount(data);
    this.#store = new ParameterStore(arena, network, compacted);
    const scratch = arena.region(trackedScratch(tracked, shape));
    const full = new Risk(arena, compacted.network.trainer(arena, this.#store.used, compacted.data), loss, compacted.data);
    this.#evaluation = new Evaluation(this.#store, full);
    const [store, evaluation] = [this.#store, this.#evaluation];
    this.#batches = batch && new MiniBatches({ arena, compacted, store, evaluation, loss, rule: batch, seed, factory: host.kernels });
    this.#test = testData && testScores(testData, network.scorer(arena, this.#store.canonical, testData), loss);
    this.#limit = limitScores(arena, compacted.network, this.#store.used, compacted.data, measure ?? []);
    this.#pilot = new Pilot(arena, this.#store, movingShape, optimizer, step, phases);
    this.#tracked = new Map(tracked.map((norm) => [norm.id, bindNorm(kernels, norm, shape, scratch)]));
    this.#separationLogRisk = loss.separationLogRisk(kernels);
    const bound = { kernels, store, evaluation, pilot: this.#pilot, tracked: this.#tracked, separationLogRisk: this.#separationLogRisk };
    this.#attempt = new Attempt({ ...bound, loss, degree: network.degree, inBatches: batch !== undefined });
    const seesAll = seesEverySample(batch, full.sampleCount);
    const steering = () => this.#pilot.steering;
    this.#meters = new Meters(
      { arena, kernels, network, loss, store: this.#store, tracked: this.#tracked, seesAll, steering },
      measure ?? [],
    );
    this.#store.initialise(options.init, options.seed);
    this.#evaluation.evaluate();
    refuseOutOfRange({ ...compacted, kernels, weights: this.#store.used, full, ghat: this.#store.ghat });
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
    return {
      optimizer,
      rule,
      loss: this.#options.loss,
      keepsSoftMargin: control.keepsSoftMargin ?? false,
      largestDecay: this.#largestDecay,
      zeroSamples: this.#zeroSamples,
    };
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
      this.#softMarginWatch.restart();
      this.#meters.restart();
      if (watchSoftMargin && !this.#isWithinEpoch) this.#watch();
    }
    const seen = this.#batches ? this.#batches.evaluate(this.#step) : seenAsItIs(this.#evaluation.risk);
    if (seen) this.#move(seen);
    else this.#outcome = { kind: "diverged", step: this.#step, what: "scores" };
    if (watchSoftMargin && !this.#isWithinEpoch && this.#outcome?.kind !== "diverged") this.#watch();
  }

  get #isWithinEpoch(): boolean {
    return this.#batches?.isWithinEpoch(this.#step) ?? false;
  }

  #move(seen: SeenRisk): void {
    this.#meters.beforeStep(seen.risk);
    const end = this.#attempt.make(seen, this.#step, () => {
      this.inspect();
      return this.#outcome !== undefined;
    });
    if (end.kind === "moved") this.#finish(end);
    else if (end.kind === "stalled") this.#stall();
    else if (end.kind === "diverged") {
      this.#evaluation.expire();
      this.#outcome = { kind: "diverged", step: ++this.#step, what: "stepLength" };
    }
  }

  #finish({ length, stepSize: { size, logScale }, isForwarded }: Extract<Attempted, { readonly kind: "moved" }>): void {
    const { bound } = this.#pilot.steering;
    const isRescaling = bound.hasRescaled?.() ?? false;
    this.#lastLength = isRescaling || size === 0 ? Number.NaN : length; // a schedule that has ended at 0 loses nothing to rounding
    if (bound.decay) this.#largestDecay = Math.max(this.#largestDecay, bound.decay * size * this.#kernels.exp(logScale));
    this.#step++;
    if (this.#isWithinEpoch) this.#outcome = stepLimit(this.#step, this.#options.stop);
    else {
      if (this.#batches) this.#evaluation.look();
      else this.#evaluation.evaluate(isForwarded);
      this.#settle();
    }
    this.#meters.afterStep();
  }

  /** θ is where it was before the step, and so is everything that belongs to it. */
  #stall(): void {
    this.#evaluation.risk.forward();
    this.#lastLength = Number.NaN;
    this.inspect();
    this.#outcome ??= { kind: "stalled", step: this.#step };
  }

  /**
   * The state at the current θ. Costs a few passes over θ and the test data.
   *
   * @returns a copy, which later steps leave alone
   */
  point(): TrainPoint {
    return pointOf({
      options: this.#options,
      kernels: this.#kernels,
      store: this.#store,
      full: this.#fresh(),
      tracked: this.#tracked,
      steering: this.#pilot.steering,
      lastLength: this.#lastLength,
      test: this.#test,
      limit: this.#limit,
      step: this.#step,
      perfectAccuracyStep: this.#perfectAccuracyStep,
      separationStep: this.#separationStep,
      worstSoftMarginDrop: this.#options.watchSoftMargin ? this.#softMarginWatch.worstDrop : Number.NaN,
      softMarginWatch: this.#softMarginWatch,
      meters: this.#meters,
    });
  }

  /**
   * The soft margin in the current optimiser's own norm.
   *
   * @returns score units per ||θ||^L
   */
  ownSoftMargin(): number {
    return this.#attempt.ownSoftMargin();
  }

  /**
   * The KKT residual at the current θ with the multipliers of the trajectory, in the own norm or a tracked one.
   *
   * @param norm  the norm, or its id
   * @returns how far θ is from a KKT point of the margin problem in that norm
   * @throws DefinitionError  if the norm is neither, the loss is one of targets, which gives no multipliers, or the network is not homogeneous
   */
  kktResidual(norm: Norm | string): KktResidual {
    requireCertifiable(this.#options);
    const id = normIdOf(norm);
    const bound = trackedAs(this.#tracked, id);
    const margins = this.scaledMargins();
    return kktResidual({
      ...alignmentInput(this.#kernels, this.#store, bound),
      norm: id,
      degree: this.#options.network.degree,
      sampleMargins: margins.values,
      marginExponent: margins.exponent,
      weightedMargins: this.#evaluation.risk.weightedMargins(margins),
      weights: this.#evaluation.risk.weights,
    });
  }

  /**
   * Every weight.
   *
   * @returns f64[weights], blocks in layer order, row-major w[outputs][inputs]: what `init` accepts; a copy
   */
  parameters(): Float64Array {
    return this.#store.copy();
  }

  /**
   * The gradient in the loss frame, ghat = ∇R / R.
   *
   * @returns f64[p] in the order of the network's layout, in units of 1 / θ; a copy
   */
  gradient(): Float64Array {
    this.#fresh();
    return this.#store.canonicalGhat().view.slice();
  }

  /**
   * The scores f(xᵢ; θ).
   *
   * @returns f64[samples][outputs]; a copy
   */
  scores(): Float64Array {
    return this.#fresh().trainer.scores.view.slice();
  }

  /**
   * The scores f(x; θ) of the test data. Costs a pass over it.
   *
   * @returns f64[test samples][outputs], of length 0 without test data; a copy
   */
  testScores(): Float64Array {
    if (!this.#test) return new Float64Array(0);
    this.#store.canonicalise(); // what the scorer reads
    this.#test.scorer.forward();
    return this.#test.scorer.scores.view.slice();
  }

  /**
   * The sample margins qᵢ.
   *
   * @returns f64[samples] in score units, 0 or infinite where no double holds them, NaN for data with targets; a copy
   */
  sampleMargins(): Float64Array {
    return this.#fresh().margins.slice();
  }

  /**
   * The sample margins qᵢ, of any size.
   *
   * @returns values and the power of two that multiplies them; a copy
   */
  scaledMargins(): SampleMargins {
    return this.#fresh().sampleMargins();
  }

  /**
   * The mean of each sample's margins with the weights of its multipliers: with several classes Σⱼ pⱼ (s_y - s_j), p the softmax over the others.
   *
   * @returns f64[samples] in units of `scaledMargins`, whose values they are where a sample has one margin; a copy
   */
  weightedMargins(): Float64Array {
    return this.#fresh().weightedMargins(this.scaledMargins());
  }

  /**
   * The weights of the samples, wᵢ = -l'(qᵢ) / R, with several classes at the smoothed margins; of a loss of targets -∂R/∂f(xᵢ) / R over seedsᵢ.
   *
   * @returns f64[samples]; a copy
   */
  weights(): Float64Array {
    return this.#fresh().weights.slice();
  }

  /**
   * The weights of pairs of a sample and another class, wᵢⱼ = wᵢ pᵢⱼ, p the softmax over the classes j != y: ghat = -Σᵢⱼ wᵢⱼ ∇(s_y - s_j)(xᵢ). Times the
   * factor of the multipliers of `kktResidual`, they are the λᵢⱼ of the margin problem, one constraint s_y - s_j >= 1 for each pair.
   *
   * @returns f64[samples][outputs], 0 at j = y; the weights where a sample has one margin, NaN for a loss of targets; a copy
   */
  pairWeights(): Float64Array {
    return this.#fresh().pairWeights();
  }

  /**
   * Looks at what only a full pass over θ and ghat shows: entries that are no longer finite, and a gradient that is exactly zero although the data is
   * not separated. `drive` calls it at record points.
   */
  inspect(): void {
    if (this.#outcome?.kind === "diverged") return;
    const full = this.#fresh();
    const largest = this.#store.largestGradient();
    const divergence = divergenceOf(this.#step, full, this.#store.largest(), largest);
    if (divergence) this.#outcome = divergence;
    else if (largest === 0 && !this.#batches && !(this.#logRisk < this.#separationLogRisk)) this.#outcome ??= stuckAt(this.#step, full);
  }

  /** The risk of all samples, with its gradient in the store, at the current θ; only within an epoch that takes a pass. */
  #fresh(): Risk {
    this.#evaluation.refresh();
    return this.#evaluation.risk;
  }

  /** Sets outcome, log risk, smallest margin and the first steps of perfect accuracy and separation from the risk of all samples. */
  #settle(): void {
    const [step, full] = [this.#step, this.#evaluation.risk];
    const { logRisk, minMargin, hasFiniteScores } = full;
    this.#outcome = outcomeOf(step, full, this.#options.stop);
    if (!hasFiniteScores) return;
    this.#logRisk = logRisk;
    this.#minMargin = minMargin;
    if (this.#perfectAccuracyStep === undefined && full.isPerfect()) this.#perfectAccuracyStep = step;
    if (logRisk < this.#separationLogRisk) this.#separationStep ??= step;
  }

  #watch(): void {
    this.#softMarginWatch.step(this.#logRisk, () => this.#attempt.ownSoftMargin());
  }
}
