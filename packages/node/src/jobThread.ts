import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { packError, unpackError } from "@steepest/core/internal";
import { WorkerCrashError } from "./errors.js";
import { exhausted } from "./exhausted.js";
import type { FromWorker, ToWorker } from "./jobMessage.js";

interface RunningJob {
  readonly index: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker thread of a pool. Runs one job at a time. */
export class JobThread {
  readonly #worker: Worker;
  readonly #name: string;
  #onMessage: ((jobIndex: number, message: unknown) => void) | undefined;
  #running: RunningJob | undefined;
  #settled: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** Starts the thread. @throws ResourceError  if the system refuses it at once; where it refuses a moment later, `run` throws it */
  constructor(url: URL, onMessage: ((jobIndex: number, message: unknown) => void) | undefined) {
    this.#name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
    this.#worker = this.#start(url);
    this.#onMessage = onMessage;
    this.#worker.on("message", (message: FromWorker) => this.#receive(message));
    this.#worker.on("messageerror", (cause) => this.#crash("sent something that cannot be read", undefined, cause));
    this.#worker.on("error", (cause: Error) => this.#crash(`failed: ${cause.message}`, undefined, cause));
    this.#worker.on("exit", (code) => this.#crash(`ended with exit code ${code}`, code));
  }

  /** True once the thread takes no more jobs. */
  get hasEnded(): boolean {
    return this.#ended;
  }

  /** Sets the listener to the messages of the jobs that follow. */
  listen(onMessage: ((jobIndex: number, message: unknown) => void) | undefined): void {
    this.#onMessage = onMessage;
  }

  /** Runs a job. @throws the error of the job, WorkerCrashError, or ResourceError */
  run(index: number, job: unknown): Promise<unknown> {
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#send({ kind: "job", index, job });
      this.#running = { index, resolve, reject };
    });
    this.#settled = answer.then(
      () => {},
      () => {},
    );
    return answer;
  }

  /** Tells the running job that it is no longer wanted and waits for it to end, so long at most; its last messages are heard. */
  async callOff(reason: unknown, milliseconds: number): Promise<void> {
    if (!this.#running) return;
    this.#send({ kind: "abort", reason: packError(reason) });
    const patience = new AbortController();
    await Promise.race([this.#settled, setTimeout(milliseconds, undefined, { signal: patience.signal })]);
    patience.abort();
    this.#onMessage = undefined;
  }

  async terminate(): Promise<void> {
    this.#ended = true;
    await this.#worker.terminate();
  }

  #start(url: URL): Worker {
    try {
      return new Worker(url);
    } catch (cause) {
      throw exhausted(`the worker ${this.#name} cannot be started`, cause) ?? cause;
    }
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWorker): void {
    if (message.kind === "done") this.#take()?.resolve(message.result);
    else if (message.kind === "failed") this.#take()?.reject(unpackError(message.error));
    else {
      try {
        this.#onMessage?.(message.index, message.message);
      } catch (error) {
        this.#onMessage = undefined;
        void this.terminate(); // the job itself goes on and knows nothing of it
        this.#take()?.reject(error);
      }
    }
  }

  #take(): RunningJob | undefined {
    const running = this.#running;
    this.#running = undefined;
    return running;
  }

  #crash(how: string, value: unknown, cause?: unknown): void {
    this.#ended = true;
    const running = this.#take();
    if (!running) return;
    const hint = crashHints[(cause as NodeJS.ErrnoException | undefined)?.code ?? ""];
    const refused = cause === undefined ? undefined : exhausted(`the worker ${this.#name} cannot be started`, cause);
    running.reject(refused ?? WorkerCrashError.at(`jobs[${running.index}]`, `the worker ${this.#name} ${how}`, { value, cause, hint }));
  }
}

const missingHint = "the worker's module, or one that it imports, is not there: install the package again, or correct the URL";

/** Hints by the error code of a worker that failed. */
const crashHints: Readonly<Record<string, string>> = {
  ERR_WORKER_OUT_OF_MEMORY: "use fewer threads or smaller jobs",
  ERR_MODULE_NOT_FOUND: missingHint,
  MODULE_NOT_FOUND: missingHint,
};
