import type { Carrier } from "../carry/carrier.js";
import type { Progress } from "./condition.js";
import type { StopRule } from "./options.js";
import { outcomeOf, type RunOutcome, stepLimit } from "./outcome.js";
import type { Risk } from "./risk.js";

/**
 * The progress of a run and its outcome. Log risk and smallest margin are those of the θ that was looked at last: with mini-batches at the last epoch's end, after a divergence
 * the last whose scores were finite.
 */
export class Standing implements Progress {
  readonly #stop: StopRule | undefined;
  readonly #separationLogRisk: number;
  readonly #own: {
    step: number;
    logRisk: number;
    minMargin: number;
    perfectAccuracyStep: number | undefined;
    separationStep: number | undefined;
    lastLength: number;
    largestDecay: number;
  } = {
    step: 0,
    logRisk: Number.NaN,
    minMargin: Number.NaN,
    perfectAccuracyStep: undefined,
    separationStep: undefined,
    lastLength: Number.NaN,
    largestDecay: 0,
  };
  #outcome: RunOutcome | undefined;

  constructor(stop: StopRule | undefined, separationLogRisk: number) {
    this.#stop = stop;
    this.#separationLogRisk = separationLogRisk;
  }

  get step(): number {
    return this.#own.step;
  }

  get logRisk(): number {
    return this.#own.logRisk;
  }

  get minMargin(): number {
    return this.#own.minMargin;
  }

  get perfectAccuracyStep(): number | undefined {
    return this.#own.perfectAccuracyStep;
  }

  get separationStep(): number | undefined {
    return this.#own.separationStep;
  }

  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  /** The multiple of the direction by which the last step moved θ; NaN where it was no step along it. */
  get lastLength(): number {
    return this.#own.lastLength;
  }

  /** Largest η λ of a step so far, λ the decoupled decay. */
  get largestDecay(): number {
    return this.#own.largestDecay;
  }

  get isSeparated(): boolean {
    return this.logRisk < this.#separationLogRisk;
  }

  /** A step was made. @param decay  its η λ */
  moved(length: number, decay: number): void {
    this.#own.step++;
    this.#own.lastLength = length;
    this.#own.largestDecay = Math.max(this.#own.largestDecay, decay);
  }

  /** A step was tried, and θ is where it was. */
  stood(): void {
    this.#own.lastLength = Number.NaN;
  }

  /** The run has come to its end, whatever was known of it. */
  end(outcome: RunOutcome): void {
    this.#outcome = outcome;
  }

  /** A step made θ leave the doubles. */
  leapt(): void {
    this.end({ kind: "diverged", step: ++this.#own.step, what: "stepLength" });
  }

  /** Looks at the risk of all samples at the current θ. */
  settle(full: Risk): void {
    const own = this.#own;
    const { logRisk, minMargin, hasFiniteScores } = full;
    this.#outcome = outcomeOf(own.step, full, this.#stop);
    if (!hasFiniteScores) return;
    own.logRisk = logRisk;
    own.minMargin = minMargin;
    if (own.perfectAccuracyStep === undefined && full.isPerfect()) own.perfectAccuracyStep = own.step;
    if (logRisk < this.#separationLogRisk) own.separationStep ??= own.step;
  }

  /** Looks at the number of steps alone, within an epoch. */
  count(): void {
    this.#outcome = stepLimit(this.#own.step, this.#stop);
  }

  /** Carries everything; an outcome that the stop rule has decided is left to the stop rule of the run that goes on, see `goOn`. */
  carry(carrier: Carrier): void {
    carrier.values(this.#own);
    carrier.value(
      "outcome",
      () => (this.#outcome?.kind === "finished" ? undefined : this.#outcome),
      (kept) => {
        this.#outcome = kept;
      },
    );
  }

  /** Asks the stop rule, after a state was put back. @param full  the risk of all samples at the current θ; none within an epoch */
  goOn(full: Risk | undefined): void {
    const { step } = this.#own;
    this.#outcome ??= full ? outcomeOf(step, full, this.#stop) : stepLimit(step, this.#stop);
  }
}
