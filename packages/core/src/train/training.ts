import type { Carrier } from "../carry/carrier.js";
import { type KeptState, keepState, putBackState } from "../carry/state.js";
import type { SampleMargins } from "../head/sampleMargins.js";
import { type KktResidual, kktResidual } from "../kkt/kktResidual.js";
import type { NormChoice } from "../norm/normOf.js";
import type { Attempted } from "./attempt.js";
import { DescentWatch } from "./descentWatch.js";
import { checkTrainOptions, type TrainHost, type TrainOptions } from "./options.js";
import { divergenceOf, type RunOutcome, stuckAt } from "./outcome.js";
import type { TrainPoint } from "./point.js";
import { alignmentInput, pointOf } from "./pointOf.js";
import type { Risk } from "./risk.js";
import { type SeenRisk, seenAsItIs } from "./seenRisk.js";
import { SoftMarginWatch } from "./softMarginWatch.js";
import { Standing } from "./standing.js";
import { normIdOf, requireCertifiable, trackedAs } from "./trackedNorms.js";
import { type TrainingParts, trainingParts } from "./trainingParts.js";
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
  readonly #parts: TrainingParts;
  readonly #zeroSamples: number;
  readonly #standing: Standing;
  readonly #softMarginWatch = new SoftMarginWatch();
  readonly #descentWatch = new DescentWatch();

  /**
   * A training at its initial parameters, or where another one was; all of its memory is allocated.
   *
   * @param options  network, data, loss, optimiser, step rule, initialisation, seed; not modified
   * @param host     kernels to compute with
   * @param state    of `state()` of a training with the same options, but for a later `stop`; not modified. It goes on as that one would, bit for bit
   * @throws DefinitionError  if an option has no meaning, two contradict one another, or the state is that of another run
   * @throws DimensionError   if lengths do not fit
   * @throws DataError        if an input or a label is not one
   * @throws ArenaFullError   if the memory does not fit
   */
  constructor(options: TrainOptions, host: TrainHost, state?: KeptState) {
    checkTrainOptions(options);
    this.#options = { ...options, ...(options.stop && { stop: { ...options.stop } }) };
    this.#parts = trainingParts(this.#options, host);
    this.#standing = new Standing(this.#options.stop, this.#parts.separationLogRisk);
    this.#zeroSamples = zeroSampleCount(options.data);
    if (state) this.#putBack(state);
    else this.#begin();
  }

  #begin(): void {
    const { store, evaluation, checkRange } = this.#parts;
    const { init, seed } = this.#options;
    store.initialise(init, seed);
    evaluation.evaluate();
    checkRange();
    this.#standing.settle(evaluation.risk);
    this.#watch();
  }

  /**
   * The state between two steps: all that earlier ones have left behind for later ones. `new Training(options, host, state)` goes on from it, on every host;
   * what θ, the data and the seed give again is not in it.
   *
   * @returns a copy; structured cloning keeps it
   * @throws DefinitionError  if the current optimiser or step rule is one without `carry`
   */
  state(): KeptState {
    return keepState((carrier) => this.#carry(carrier));
  }

  #carry(carrier: Carrier): void {
    const { store, batches, pilot, meters } = this.#parts;
    this.#standing.carry(carrier.at("run"));
    pilot.carry(carrier);
    store.carry(carrier, pilot.steering.bound.rescales ?? false);
    batches?.carry(carrier.at("batch"));
    this.#softMarginWatch.carry(carrier.at("watch"));
    this.#descentWatch.carry(carrier.at("descent"));
    meters.carry(carrier.at("measured"));
  }

  #putBack(state: KeptState): void {
    const { evaluation, batches } = this.#parts;
    putBackState("state", state, (carrier) => this.#carry(carrier));
    if (!this.#isWithinEpoch) {
      if (batches) evaluation.look();
      else evaluation.evaluate();
    }
    this.#standing.goOn(this.#isWithinEpoch ? undefined : evaluation.risk);
  }

  /** t: the number of steps made. */
  get step(): number {
    return this.#standing.step;
  }

  get logRisk(): number {
    return this.#standing.logRisk;
  }

  get minMargin(): number {
    return this.#standing.minMargin;
  }

  get perfectAccuracyStep(): number | undefined {
    return this.#standing.perfectAccuracyStep;
  }

  get separationStep(): number | undefined {
    return this.#standing.separationStep;
  }

  /** The circumstances that decide which warnings are true, and their advice. */
  get warningFacts(): WarningFacts {
    const { optimizer, rule, control } = this.#parts.pilot.steering;
    return {
      optimizer,
      rule,
      loss: this.#options.loss,
      keepsSoftMargin: control.keepsSoftMargin ?? false,
      largestDecay: this.#standing.largestDecay,
      descent: this.#descentWatch.descent,
      zeroSamples: this.#zeroSamples,
    };
  }

  /** The outcome of the run; undefined while it goes on. */
  get outcome(): RunOutcome | undefined {
    return this.#standing.outcome;
  }

  /** Makes one step; nothing once there is an outcome. */
  advance(): void {
    const { outcome, step } = this.#standing;
    if (outcome) return;
    if (this.#parts.pilot.handOver(this.#standing)) {
      this.#softMarginWatch.restart();
      this.#descentWatch.restart();
      this.#parts.meters.restart();
      this.#watch();
    }
    const seen = this.#parts.batches ? this.#parts.batches.evaluate(step) : seenAsItIs(this.#parts.evaluation.risk);
    if (seen) this.#move(seen);
    else this.#standing.end({ kind: "diverged", step, what: "scores" });
    this.#watch();
  }

  get #isWithinEpoch(): boolean {
    return this.#parts.batches?.isWithinEpoch(this.#standing.step) ?? false;
  }

  #move(seen: SeenRisk): void {
    this.#parts.meters.beforeStep(seen.risk);
    const end = this.#parts.attempt.make(seen, this.#standing.step, () => {
      this.inspect();
      return this.#standing.outcome !== undefined;
    });
    if (end.kind === "moved") this.#finish(end);
    else if (end.kind === "stalled") this.#stall();
    else if (end.kind === "diverged") {
      this.#parts.evaluation.expire();
      this.#standing.leapt();
    }
  }

  #finish({ length, stepSize: { size, logScale }, isForwarded }: Extract<Attempted, { readonly kind: "moved" }>): void {
    const { bound } = this.#parts.pilot.steering;
    const isRescaling = bound.hasRescaled?.() ?? false;
    const isAlong = !isRescaling && size !== 0; // a schedule that has ended at 0 loses nothing to rounding
    this.#standing.moved(isAlong ? length : Number.NaN, bound.decay ? bound.decay * size * this.#parts.kernels.exp(logScale) : 0);
    if (this.#isWithinEpoch) this.#standing.count();
    else {
      if (this.#parts.batches) this.#parts.evaluation.look();
      else this.#parts.evaluation.evaluate(isForwarded);
      this.#standing.settle(this.#parts.evaluation.risk);
    }
    this.#parts.meters.afterStep();
  }

  /** θ is where it was before the step, and so is everything that belongs to it. */
  #stall(): void {
    this.#parts.evaluation.risk.forward();
    this.#standing.stood();
    this.inspect();
    if (!this.#standing.outcome) this.#standing.end({ kind: "stalled", step: this.#standing.step });
  }

  /**
   * The state at the current θ. Costs a few passes over θ and the test data.
   *
   * @returns a copy, which later steps leave alone
   */
  point(): TrainPoint {
    return pointOf({
      ...this.#parts,
      options: this.#options,
      full: this.#fresh(),
      steering: this.#parts.pilot.steering,
      lastLength: this.#standing.lastLength,
      step: this.step,
      perfectAccuracyStep: this.perfectAccuracyStep,
      separationStep: this.separationStep,
      worstSoftMarginDrop: this.#options.watchSoftMargin ? this.#softMarginWatch.worstDrop : Number.NaN,
      softMarginWatch: this.#softMarginWatch,
    });
  }

  /**
   * The soft margin in the current optimiser's own norm.
   *
   * @returns score units per ||θ||^L
   */
  ownSoftMargin(): number {
    return this.#parts.attempt.ownSoftMargin();
  }

  /**
   * The KKT residual at the current θ with the multipliers of the trajectory, in the own norm or a tracked one.
   *
   * @param norm  the norm, or its id
   * @returns how far θ is from a KKT point of the margin problem in that norm
   * @throws DefinitionError  if the norm is neither, the loss is one of targets, which gives no multipliers, or the network is not homogeneous
   */
  kktResidual(norm: NormChoice): KktResidual {
    requireCertifiable(this.#options);
    const id = normIdOf(norm);
    const bound = trackedAs(this.#parts.tracked, id);
    const margins = this.scaledMargins();
    return kktResidual({
      ...alignmentInput(this.#parts.kernels, this.#parts.store, bound),
      norm: id,
      degree: this.#options.network.degree,
      sampleMargins: margins.values,
      marginExponent: margins.exponent,
      weightedMargins: this.#parts.evaluation.risk.weightedMargins(margins),
      weights: this.#parts.evaluation.risk.weights,
    });
  }

  /**
   * Every weight.
   *
   * @returns f64[weights], blocks in layer order, row-major w[outputs][inputs]: what `init` accepts; a copy
   */
  parameters(): Float64Array {
    return this.#parts.store.copy();
  }

  /**
   * The gradient in the loss frame, ghat = ∇R / R.
   *
   * @returns f64[p] in the order of the network's layout, in units of 1 / θ; a copy
   */
  gradient(): Float64Array {
    this.#fresh();
    return this.#parts.store.canonicalGhat().view.slice();
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
    if (!this.#parts.test) return new Float64Array(0);
    this.#parts.store.canonicalise(); // what the scorer reads
    this.#parts.test.scorer.forward();
    return this.#parts.test.scorer.scores.view.slice();
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
    const { outcome, step, isSeparated } = this.#standing;
    if (outcome?.kind === "diverged") return;
    const full = this.#fresh();
    const largest = this.#parts.store.largestGradient();
    const divergence = divergenceOf(step, full, this.#parts.store.largest(), largest);
    if (divergence) this.#standing.end(divergence);
    else if (!outcome && largest === 0 && !this.#parts.batches && !isSeparated) this.#standing.end(stuckAt(step, full));
  }

  /** The risk of all samples, with its gradient in the store, at the current θ; only within an epoch that takes a pass. */
  #fresh(): Risk {
    this.#parts.evaluation.refresh();
    return this.#parts.evaluation.risk;
  }

  /** Observes the descent, and the own soft margin if the run asks for that, where all samples have been looked at. */
  #watch(): void {
    const { step, logRisk, outcome } = this.#standing;
    if (this.#isWithinEpoch || outcome?.kind === "diverged") return;
    this.#descentWatch.step(step, logRisk);
    if (!this.#options.watchSoftMargin) return;
    this.#softMarginWatch.step(logRisk, () => this.#parts.attempt.ownSoftMargin());
  }
}
