import type { CertifiableRun, RunCertificateOptions, RunCertification } from "@steepest/certificates";
import type { DefinitionError, KktResidual, NormChoice, PointOptions, RunOutcome, TrainPoint } from "@steepest/core";
import { closedRun, type KnownKeys, normIdOf, PointReaders, refuseUnknownKeys, sourceOf } from "@steepest/core/internal";
import type { Advance, CertificateFiles, Question } from "../message/message.js";
import { sendable } from "../message/sendable.js";
import { asyncDispose } from "./asyncDispose.js";
import type { WorkerLink } from "./workerLink.js";

const certificateKeys: KnownKeys<RunCertificateOptions> = {
  kinks: true,
  tolerance: true,
  networkDefinition: true,
  definitionHash: true,
  signal: true,
  polish: true,
};

/** A run that trains in the engine's worker. Its memory there is held until it has ended, is closed, or is collected here. */
export class WorkerRun implements CertifiableRun {
  readonly #link: WorkerLink;
  readonly #id: number;
  readonly #files: () => CertificateFiles;
  readonly #readers = new PointReaders();
  #outcome: RunOutcome | undefined;
  #reader = 0;
  /** The call whose answer the reader waits for. */
  #awaited: number | undefined;
  #closed: DefinitionError | undefined;

  /** @param files  asked where the files of certificates are, when one is asked for */
  constructor(link: WorkerLink, id: number, files: () => CertificateFiles) {
    this.#link = link;
    this.#id = id;
    this.#files = files;
  }

  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  points(options: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    return this.#readers.points(options, (known) => this.#read(known));
  }

  async *#read({ signal, onWarning, ...schedule }: PointOptions): AsyncGenerator<TrainPoint, RunOutcome, undefined> {
    const reader = ++this.#reader;
    for (;;) {
      signal?.throwIfAborted();
      const { point, warning, ended, outcome } = await this.#next({ kind: "next", run: this.#id, reader, schedule }, signal);
      this.#outcome = outcome;
      if (ended) return outcome!;
      if (point) yield point;
      else if (warning) onWarning?.(warning);
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

  async kktResidual(norm: NormChoice): Promise<KktResidual> {
    return this.#ask<KktResidual>({ kind: "kktResidual", run: this.#id, norm: normIdOf(norm) }).answer;
  }

  async certificate(norm: NormChoice, given: RunCertificateOptions = {}): Promise<RunCertification> {
    refuseUnknownKeys("run.certificate", given, certificateKeys);
    const { signal, ...options } = given;
    signal?.throwIfAborted();
    const id = normIdOf(norm);
    const sent = typeof norm === "object" && "bind" in norm && sourceOf(norm) ? sendable(norm, "norm") : id; // a norm of functions can only be one that the run tracks
    const { call, answer } = this.#ask<RunCertification>({ kind: "certificate", run: this.#id, norm: sent, options, files: this.#files() });
    const onAbort = (): void => this.#link.callOff(this.#id, call, signal!.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    return answer.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  async parameters(): Promise<Float64Array> {
    return this.#ask<Float64Array>({ kind: "parameters", run: this.#id }).answer;
  }

  /** Its reader hears so at once, the worker stops after the current step and releases its memory. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = closedRun();
    if (this.#awaited !== undefined) this.#link.callOff(this.#id, this.#awaited, this.#closed);
    if (this.#link.isOpen) this.#link.tell({ kind: "forget", run: this.#id });
  }

  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  static {
    Object.defineProperty(WorkerRun.prototype, asyncDispose, { value: WorkerRun.prototype.close });
  }
}
