import { setImmediate } from "node:timers/promises";
import {
  type Certificate,
  DefinitionError,
  drive,
  type Norm,
  type NormId,
  norms,
  type RecordSchedule,
  type RunOutcome,
  type TrainHost,
  Training,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
} from "@steepest/core";
import { refuseUnknownKeys } from "@steepest/core/internal";

/** Longest time between two turns of the event loop, unless 16 steps take longer. */
const turnMilliseconds = 15;

export interface PointOptions extends RecordSchedule {
  /** Ends the run's `points` by throwing the signal's reason, at the next turn of the event loop. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what is wrong with a run that goes on; each point's `health` holds the numbers. */
  readonly onWarning?: ((warning: TrainWarning) => void) | undefined;
}

/** One training run, advanced by reading its points. */
export class Run implements AsyncDisposable {
  /** Undefined once the run is closed. */
  #training: Training | undefined;
  #outcome: RunOutcome | undefined;
  readonly #host: TrainHost;
  #reading = false;

  constructor(options: TrainOptions, host: TrainHost) {
    this.#training = new Training(options, host);
    this.#host = host;
  }

  /** The outcome of the run; undefined while it can go on. */
  get outcome(): RunOutcome | undefined {
    return this.#training ? this.#training.outcome : this.#outcome;
  }

  /**
   * The record points: log-spaced steps, those in `at`, the steps of perfect accuracy and of separation, and the last one. Returns the outcome.
   * The run stands still while its consumer is busy and goes on from the same step when read again after a `break`. One reader at a time.
   * The clock decides only when the event loop gets its turn, never a result.
   */
  points(options: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    refuseUnknownKeys("run.points", options, { perDecade: true, at: true, signal: true, onWarning: true });
    return this.#points(options);
  }

  async *#points({ signal, onWarning, ...schedule }: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    if (this.#reading) throw new DefinitionError("run.points: another reader is at work", { path: "run.points" });
    this.#reading = true;
    try {
      const events = drive(this.#open(), schedule, this.#host);
      let lastTurn = performance.now();
      for (;;) {
        signal?.throwIfAborted();
        this.#open();
        const next = events.next();
        if (next.done) return next.value;
        if (next.value.kind === "point") yield next.value.point;
        else if (next.value.kind === "warning") onWarning?.(next.value);
        if (performance.now() - lastTurn >= turnMilliseconds) {
          await setImmediate();
          lastTurn = performance.now();
        }
      }
    } finally {
      this.#reading = false;
    }
  }

  /** The KKT certificate of the direction of the current parameters, in a norm of the registry or one of your own. */
  async certificate(norm: NormId | Norm): Promise<Certificate> {
    const training = this.#open();
    if (typeof norm === "object") return training.certificate(norm);
    if (!Object.hasOwn(norms, norm)) {
      throw new DefinitionError(`run.certificate: unknown norm "${norm}", expected one of ${Object.keys(norms).join(", ")}`, {
        path: "run.certificate",
        value: norm,
      });
    }
    return training.certificate(norms[norm]);
  }

  /** A copy of every weight, blocks in layer order, row-major w[outputs][inputs]: what `init` accepts. */
  async parameters(): Promise<Float64Array> {
    return this.#open().parameters();
  }

  /** Gives the run up: its reader hears so at the next turn, and its memory can be collected. */
  async close(): Promise<void> {
    this.#outcome = this.outcome;
    this.#training = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #open(): Training {
    if (this.#training) return this.#training;
    throw new DefinitionError("run: is closed", { path: "run", hint: "make another with engine.train()" });
  }
}
