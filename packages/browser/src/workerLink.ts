import { DefinitionError, KernelLoadError, unpackError } from "@steepest/core";
import { WorkerCrashError } from "./errors.js";
import type { FromWorker, Question, ToWorker } from "./message.js";

interface Call {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** A worker and the questions it has not answered yet. */
export class WorkerLink {
  readonly #worker: Worker;
  /** Where its script lies; undefined for one that the user made. */
  readonly #href: string | undefined;
  readonly #calls = new Map<number, Call>();
  #lastCall = 0;
  #hasSpoken = false;
  /** Why nothing can be asked any more. */
  #end: Error | undefined;

  /** @throws KernelLoadError  if a worker may not be started from there */
  constructor(source: URL | (() => Worker)) {
    this.#href = source instanceof URL ? source.href : undefined;
    this.#worker = source instanceof URL ? start(source) : source();
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.#receive(data));
    this.#worker.addEventListener("error", (event) => void this.#breakDown(event));
    this.#worker.addEventListener("messageerror", () => void this.#breakDown());
  }

  get isOpen(): boolean {
    return this.#end === undefined;
  }

  /** @throws what the worker threw, WorkerCrashError, or KernelLoadError if it never started */
  ask<Answer>(question: Question): { readonly call: number; readonly answer: Promise<Answer> } {
    const call = ++this.#lastCall;
    const answer = new Promise<Answer>((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      this.#calls.set(call, { resolve, reject });
      this.tell({ kind: "ask", call, question });
    });
    return { call, answer };
  }

  /** @throws DefinitionError  if the message cannot be cloned */
  tell(message: ToWorker): void {
    if (this.#end) throw this.#end;
    try {
      this.#worker.postMessage(message);
    } catch (cause) {
      throw new DefinitionError(`engine: what the worker should get cannot be cloned: ${(cause as Error).message}`, {
        path: "engine",
        cause,
      });
    }
  }

  close(reason: Error): void {
    this.#end ??= reason;
    this.#worker.terminate();
    for (const { reject } of this.#calls.values()) reject(this.#end);
    this.#calls.clear();
  }

  #receive(message: FromWorker): void {
    this.#hasSpoken = true;
    const call = this.#calls.get(message.call);
    this.#calls.delete(message.call);
    if (message.kind === "answered") call?.resolve(message.value as never);
    else call?.reject(unpackError(message.error));
  }

  async #breakDown(event?: ErrorEvent): Promise<void> {
    const said = event?.message || undefined;
    if (this.#hasSpoken) {
      this.close(new WorkerCrashError(`the worker failed: ${said ?? "it sent something that cannot be read"}`, { value: said }));
      return;
    }
    const name = this.#href ?? "the worker of createEngine({ worker })";
    const why = said ?? (this.#href === undefined ? "its script could not be loaded" : await faultOf(this.#href));
    this.close(
      new KernelLoadError(`createEngine: ${name} did not start: ${why}`, {
        ...(this.#href !== undefined && { path: this.#href }),
        value: why,
        hint: "serve worker.js of @steepest/browser beside the bundle or pass createEngine({ worker }); a policy must allow worker-src 'self'",
      }),
    );
  }
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

/** The error event of a worker that could not be loaded says nothing, so the file is asked for once more. */
async function faultOf(href: string): Promise<string> {
  try {
    const response = await fetch(href);
    await response.body?.cancel();
    if (!response.ok) return `answered with status ${response.status}`;
    const type = response.headers.get("content-type") ?? "no content type";
    return /javascript|ecmascript/.test(type)
      ? "it is truncated or not a module, or a content security policy forbids it"
      : `holds ${type}, not JavaScript`;
  } catch (cause) {
    return `cannot be fetched: ${(cause as Error).message}`;
  }
}
