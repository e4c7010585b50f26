import { DefinitionError, KernelLoadError } from "@steepest/core";
import { unpackError } from "@steepest/core/internal";
import type { FromWorker, Question, ToWorker } from "../message/message.js";
import { missingHint } from "../message/missingHint.js";
import { WorkerCrashError } from "./errors.js";
import { patienceSeconds, withPatience } from "./patience.js";
import { workerFault } from "./workerFault.js";

interface Call {
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** The call whose answer is the worker's hello. */
const helloCall = 0;

/** A worker and the questions it has not answered yet. */
export class WorkerLink {
  readonly #worker: Worker;
  /** URL of the worker's script; undefined for a worker that the user made. */
  readonly #href: string | undefined;
  readonly #calls = new Map<number, Call>();
  readonly #hello: Promise<string>;
  #lastCall = helloCall;
  /** The error that ended the link; undefined while the worker can be asked. */
  #end: Error | undefined;

  /** Starts the worker. @throws KernelLoadError  if a worker may not be started from there */
  constructor(source: URL | (() => Worker)) {
    this.#href = source instanceof URL ? source.href : undefined;
    this.#worker = source instanceof URL ? start(source) : source();
    this.#hello = this.#answerTo(helloCall);
    this.#worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => void this.#breakDown(event));
    this.#worker.addEventListener("messageerror", () => void this.#breakDown());
  }

  /** The name of the worker's script in messages. */
  get name(): string {
    return this.#href ?? "the worker of createEngine({ worker })";
  }

  get path(): string {
    return this.#href ?? "createEngine.worker";
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** The build stamp of the worker. @throws KernelLoadError  if it does not start, or says nothing for `patienceSeconds` */
  hello(): Promise<string> {
    return withPatience(this.#hello, () => {
      const expected = `expected serveTraining of @steepest/browser/serve to say hello`;
      return new KernelLoadError(`createEngine: ${this.name} said nothing for ${patienceSeconds} s, ${expected}`, {
        path: this.path,
        value: patienceSeconds,
        hint:
          this.#href === undefined
            ? "its script must call serveTraining; does it load at all?"
            : "serve there the worker.js that was installed with this version of @steepest/browser, whole; does the server answer?",
      });
    });
  }

  /** Asks the worker. @throws the error that the worker threw, WorkerCrashError, or KernelLoadError if it never started */
  ask<Answer>(question: Question): { readonly call: number; readonly answer: Promise<Answer> } {
    const call = ++this.#lastCall;
    if (this.#end) return { call, answer: Promise.reject(this.#end) };
    const answer = this.#answerTo<Answer>(call);
    try {
      this.tell({ kind: "ask", call, question });
    } catch (error) {
      this.#take(call)?.reject(error);
    }
    return { call, answer };
  }

  /** Rejects the answer of a call of `run` at once; the worker stops computing it. Does nothing once the answer is there. */
  callOff(run: number, call: number, reason: unknown): void {
    const pending = this.#take(call);
    if (!pending) return;
    this.tell({ kind: "callOff", run, call });
    pending.reject(reason);
  }

  /** Posts a message. @throws DefinitionError  if it cannot be cloned */
  tell(message: ToWorker): void {
    if (this.#end) throw this.#end;
    try {
      this.#worker.postMessage(message);
    } catch (cause) {
      throw DefinitionError.at("engine", `what the worker should get cannot be cloned: ${(cause as Error).message}`, { cause });
    }
  }

  close(reason: Error): void {
    this.#end ??= reason;
    this.#worker.terminate();
    for (const { reject } of this.#calls.values()) reject(this.#end);
    this.#calls.clear();
  }

  #answerTo<Answer>(call: number): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => this.#calls.set(call, { resolve, reject }));
  }

  #take(call: number): Call | undefined {
    const pending = this.#calls.get(call);
    this.#calls.delete(call);
    return pending;
  }

  #receive(message: unknown): void {
    if (!isOurs(message)) return; // a worker of the user's may have more to say
    if (message.kind === "hello") this.#take(helloCall)?.resolve(message.build as never);
    else if (message.kind === "answered") this.#take(message.call)?.resolve(message.value as never);
    else this.#take(message.call)?.reject(unpackError(message.error));
  }

  async #breakDown(event?: ErrorEvent): Promise<void> {
    const said = event?.message || undefined;
    const hasStarted = !this.#calls.has(helloCall);
    if (hasStarted) {
      this.close(new WorkerCrashError(`the worker failed: ${said ?? "it sent something that cannot be read"}`, { value: said }));
      return;
    }
    const why = said ?? (this.#href === undefined ? "its script could not be loaded" : await workerFault(this.#href));
    const usual =
      "serve worker.js of @steepest/browser beside the bundle or pass createEngine({ worker }); a policy must allow worker-src 'self'";
    this.close(
      new KernelLoadError(`createEngine: ${this.name} did not start: ${why}`, {
        path: this.path,
        value: why,
        hint: missingHint(this.path, usual),
      }),
    );
  }
}

function isOurs(message: unknown): message is FromWorker {
  if (typeof message !== "object" || message === null) return false;
  const { kind, call, build } = message as Partial<Record<"kind" | "call" | "build", unknown>>;
  return kind === "hello" ? typeof build === "string" : (kind === "answered" || kind === "failed") && typeof call === "number";
}

function start(url: URL): Worker {
  try {
    return new Worker(url, { type: "module" });
  } catch (cause) {
    throw new KernelLoadError(`createEngine: ${url.href} did not start: ${(cause as Error).message}`, {
      path: url.href,
      cause,
      hint: "a worker must come from the origin of the page; serve worker.js of @steepest/browser there",
    });
  }
}
