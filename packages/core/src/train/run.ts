import { type KnownKeys, refuseUnknownKeys } from "../check/knownKeys.js";
import { DefinitionError } from "../error/errors.js";
import type { KktResidual } from "../kkt/kktResidual.js";
import type { NormChoice } from "../norm/normOf.js";
import type { RunOutcome } from "./outcome.js";
import type { TrainPoint } from "./point.js";
import type { RecordSchedule } from "./recordPoints.js";
import type { TrainWarning } from "./warnings.js";

export interface PointOptions extends RecordSchedule {
  /** Ends the run's `points` by throwing the signal's reason: at once where the run trains in a worker, else at the next turn of the event loop. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what is wrong with a run that goes on; each point's `health` holds the numbers. */
  readonly onWarning?: ((warning: TrainWarning) => void) | undefined;
}

/**
 * One training run of an engine, advanced by reading its points; the same on every host, bit for bit. Everything it returns is a copy. After `close` of the run
 * or of its engine, every method rejects with a DefinitionError.
 */
export interface Run extends AsyncDisposable {
  /** The outcome of the run, as of the last point that was read; undefined while it can go on. */
  readonly outcome: RunOutcome | undefined;
  /**
   * The record points: log-spaced steps, those in `at`, the steps of perfect accuracy and of separation, and the last one.
   * The run stands still while its consumer is busy and goes on from the same step when read again after a `break`. One reader at a time.
   *
   * @param options  which steps are recorded; a signal and a listener to warnings
   * @returns the points in the order of their steps, then the outcome
   * @throws DefinitionError  on an unknown option; the reader hears of everything else: a schedule that is none, another reader, and where the run is in a
   *                          worker, what only shows there: DimensionError, ArenaFullError, a norm that breaks a law
   */
  points(options: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined>;
  /**
   * The KKT residual of the direction of the current parameters, with the multipliers of the training, which cost nothing: `certificate` of the runs of
   * engines finds the best.
   *
   * @param norm  a norm that the run tracks: one of `track`, or an optimiser's own; of any making, or its id
   * @returns how far θ is from a KKT point of the margin problem in that norm
   * @throws DefinitionError  if it is none
   */
  kktResidual(norm: NormChoice): Promise<KktResidual>;
  /**
   * Every weight.
   *
   * @returns f64[weights], blocks in layer order, row-major w[outputs][inputs]: what `init` accepts
   */
  parameters(): Promise<Float64Array>;
  /** Gives the run up: its reader hears so, and its memory can be collected. Not needed after its end. */
  close(): Promise<void>;
}

const pointKeys: KnownKeys<PointOptions> = { perDecade: true, at: true, signal: true, onWarning: true };

/** Readers of a run's points: one at a time, whatever the host. */
export class PointReaders {
  #reading = false;

  /**
   * @param options  options of `Run.points`
   * @param read     trains on and yields the points
   * @returns the points for the next reader
   * @throws DefinitionError  on an unknown option; the reader, if another is at work
   */
  points(
    options: PointOptions,
    read: (options: PointOptions) => AsyncGenerator<TrainPoint, RunOutcome, undefined>,
  ): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    refuseUnknownKeys("run.points", options, pointKeys);
    return this.#alone(() => read(options));
  }

  async *#alone(read: () => AsyncGenerator<TrainPoint, RunOutcome, undefined>): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    if (this.#reading) throw DefinitionError.at("run.points", "another reader is at work");
    this.#reading = true;
    try {
      return yield* read();
    } finally {
      this.#reading = false;
    }
  }
}

/** The error about a run that was closed. */
export function closedRun(): DefinitionError {
  return DefinitionError.at("run", "is closed", { hint: "make another with engine.train()" });
}
