import { setImmediate } from "node:timers/promises";
import {
  type Certificate,
  drive,
  type Norm,
  type PointOptions,
  type Run,
  type RunOutcome,
  type TrainHost,
  Training,
  type TrainOptions,
  type TrainPoint,
} from "@steepest/core";
import { closedRun, PointReaders } from "@steepest/core/internal";

/** Longest time between two turns of the event loop, unless 16 steps take longer. */
const turnMilliseconds = 15;

/** A run that trains in this thread. The clock decides only when the event loop gets its turn, never a result. */
export class ThreadRun implements Run {
  /** Undefined once the run is closed. */
  #training: Training | undefined;
  #outcome: RunOutcome | undefined;
  readonly #host: TrainHost;
  readonly #readers = new PointReaders();

  constructor(options: TrainOptions, host: TrainHost) {
    this.#training = new Training(options, host);
    this.#host = host;
  }

  get outcome(): RunOutcome | undefined {
    return this.#training ? this.#training.outcome : this.#outcome;
  }

  points(options: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    return this.#readers.points(options, (known) => this.#read(known));
  }

  async *#read({ signal, onWarning, ...schedule }: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
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
  }

  async certificate(norm: Norm | string): Promise<Certificate> {
    return this.#open().certificate(norm);
  }

  async parameters(): Promise<Float64Array> {
    return this.#open().parameters();
  }

  async close(): Promise<void> {
    this.#outcome = this.outcome;
    this.#training = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The training. @throws DefinitionError  if the run or its engine is closed */
  #open(): Training {
    if (!this.#training) throw closedRun();
    void this.#host.kernels; // throws once the engine is closed
    return this.#training;
  }
}
