import {
  type Certificate,
  DefinitionError,
  type Norm,
  type NormId,
  type RecordSchedule,
  type RunOutcome,
  type TrainPoint,
  type TrainWarning,
} from "@steepest/core";
import { refuseUnknownKeys } from "@steepest/core/internal";
import type { Advance, Question } from "../message/message.js";
import { sendable } from "../message/sendable.js";
import { asyncDispose } from "./asyncDispose.js";
import type { WorkerLink } from "./workerLink.js";

export interface PointOptions extends RecordSchedule {
  /** Ends the run's `points` at once by throwing the signal's reason; the worker stops after 15 ms or the step it is at. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what is wrong with a run that goes on; each point's `health` holds the numbers. */
  readonly onWarning?: ((warning: TrainWarning) => void) | undefined;
}

/**
 * One training run in the engine's worker, advanced by reading its points. Everything it returns is a copy. Its memory in the worker is held until
 * it has ended, is closed, or is collected here.
 */
export class Run implements AsyncDisposable {
  readonly #link: WorkerLink;
  readonly #id: number;
  #outcome: RunOutcome | undefined;
  #readers = 0;
  #reading = false;
  /** The call whose answer the reader waits for. */
  #awaited: number | undefined;
  #closed: DefinitionError | undefined;

  constructor(link: WorkerLink, id: number) {
    this.#link = link;
    this.#id = id;
  }

  /** The outcome of the run, as of the last point that was read; undefined while it can go on. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  /**
   * The record points: log-spaced steps, those in `at`, the steps of perfect accuracy and of separation, and the last one. Returns the outcome.
   * The run stands still while its consumer is busy and goes on from the same step when read again after a `break`. One reader at a time.
   *
   * @throws what is wrong with the run's options and only shows in the worker: DimensionError, ArenaFullError, a norm that breaks a law
   */
  points(options: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    refuseUnknownKeys("run.points", options, { perDecade: true, at: true, signal: true, onWarning: true });
    return this.#points(options);
  }

  async *#points({ signal, onWarning, ...schedule }: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    if (this.#reading) throw new DefinitionError("run.points: another reader is at work", { path: "run.points" });
    this.#reading = true;
    try {
      const reader = ++this.#readers;
      for (;;) {
        signal?.throwIfAborted();
        const { point, warning, ended, outcome } = await this.#next({ kind: "next", run: this.#id, reader, schedule }, signal);
        this.#outcome = outcome;
        if (ended) return outcome!;
        if (point) yield point;
        else if (warning) onWarning?.(warning);
      }
    } finally {
      this.#reading = false;
    }
  }

  /** Rejects with the signal's reason without waiting for the worker. */
  async #next(question: Question, signal: AbortSignal | undefined): Promise<Advance> {
    const { call, answer } = this.#ask<Advance>(question);
    const onAbort = (): void => this.#link.callOff(this.#id, call, signal!.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#awaited = call;
    try {
      return await answer;
    } finally {
      this.#awaited = undefined;
      signal?.removeEventListener("abort", onAbort);
    }
  }

  #ask<Answer>(question: Question): { readonly call: number; readonly answer: Promise<Answer> } {
    if (this.#closed) throw this.#closed;
    return this.#link.ask<Answer>(question);
  }

  /** The KKT certificate of the direction of the current parameters, in a built-in norm or one of the run's own by its id. */
  async certificate(norm: NormId | Norm | (string & {})): Promise<Certificate> {
    return this.#ask<Certificate>({ kind: "certificate", run: this.#id, norm: sendable(norm, "run.certificate") }).answer;
  }

  /** A copy of every weight, blocks in layer order, row-major w[outputs][inputs]: what `init` accepts. */
  async parameters(): Promise<Float64Array> {
    return this.#ask<Float64Array>({ kind: "parameters", run: this.#id }).answer;
  }

  /** Gives the run up: its reader hears so at once, the worker stops after the current step and releases its memory. Not needed after its end. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = new DefinitionError("run: is closed", { path: "run", hint: "make another with engine.train()" });
    if (this.#awaited !== undefined) this.#link.callOff(this.#id, this.#awaited, this.#closed);
    if (this.#link.isOpen) this.#link.tell({ kind: "forget", run: this.#id });
  }

  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  static {
    Object.defineProperty(Run.prototype, asyncDispose, { value: Run.prototype.close });
  }
}
