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
  refuseUnknownKeys,
  type TrainHost,
  Training,
  type TrainOptions,
  type TrainPoint,
  type TrainWarning,
} from "@steepest/core";

/** Longest time between two turns of the event loop, unless 16 steps take longer. */
const turnMilliseconds = 15;

export interface PointOptions extends RecordSchedule {
  /** Ends the run's `points` by throwing the signal's reason, at the next turn of the event loop. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what is wrong with a run that goes on; each point's `health` holds the numbers. */
  readonly onWarning?: ((warning: TrainWarning) => void) | undefined;
}

/** One training run, advanced by whoever reads its points. */
export class Run {
  readonly #training: Training;
  readonly #host: TrainHost;
  #reading = false;

  constructor(options: TrainOptions, host: TrainHost) {
    this.#training = new Training(options, host);
    this.#host = host;
  }

  /** How the run ended; undefined while it can go on. */
  get outcome(): RunOutcome | undefined {
    return this.#training.outcome;
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
      const events = drive(this.#training, schedule, this.#host);
      let lastTurn = performance.now();
      for (;;) {
        signal?.throwIfAborted();
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

  /** How close the direction of the current parameters is to a KKT point of the margin problem, in a norm of the registry or one of your own. */
  async certificate(norm: NormId | Norm): Promise<Certificate> {
    if (typeof norm === "object") return this.#training.certificate(norm);
    if (!Object.hasOwn(norms, norm)) {
      throw new DefinitionError(`run.certificate: unknown norm "${norm}", expected one of ${Object.keys(norms).join(", ")}`, {
        path: "run.certificate",
        value: norm,
      });
    }
    return this.#training.certificate(norms[norm]);
  }

  /** A copy of every weight, blocks in layer order, row-major w[outputs][inputs]: what `init` accepts. */
  async parameters(): Promise<Float64Array> {
    return this.#training.parameters();
  }
}
