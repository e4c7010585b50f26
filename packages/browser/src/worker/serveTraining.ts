import { DefinitionError, type TrainOptions } from "@steepest/core";
import { packError } from "@steepest/core/internal";
import { buildStamp } from "../message/buildStamp.js";
import type { FromWorker, Loaded, Question, ToWorker } from "../message/message.js";
import { type Host, loadHost } from "./loadHost.js";
import { ServedRun } from "./servedRun.js";

/** The part of a worker's global scope that is used; the DOM library declares a window's. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", listener: (event: { readonly data: ToWorker }) => void): void;
}

/**
 * The worker's side of an engine: trains the options that `build` makes of the requests given to `engine.train`, which are structured-cloned. Call it once
 * and soon: `createEngine` waits 30 seconds for it.
 *
 * @param build  may throw or return a promise; the reader of the run gets the error
 * @throws DefinitionError  outside a dedicated worker
 */
export function serveTraining<Request>(build: (request: Request) => TrainOptions | Promise<TrainOptions>): void {
  if (!("DedicatedWorkerGlobalScope" in globalThis)) {
    throw DefinitionError.at("serveTraining", "not in a dedicated worker, expected a module started by createEngine({ worker })");
  }
  const scope = globalThis as unknown as WorkerScope;
  const server = new Server(build as (request: unknown) => TrainOptions | Promise<TrainOptions>);
  scope.addEventListener("message", ({ data }) => {
    if (data.kind === "train") server.train(data.run, data.request);
    else if (data.kind === "callOff") server.callOff(data.run, data.call);
    else if (data.kind === "forget") server.forget(data.run);
    else if (data.kind === "ask") {
      const { call, question } = data;
      server.answer(call, question).then(
        (value) => scope.postMessage({ kind: "answered", call, value }),
        (error: unknown) => scope.postMessage({ kind: "failed", call, error: packError(error) }),
      );
    }
  });
  scope.postMessage({ kind: "hello", build: buildStamp });
}

class Server {
  readonly #build: (request: unknown) => TrainOptions | Promise<TrainOptions>;
  readonly #runs = new Map<number, Promise<ServedRun>>();
  #host: Host | undefined;

  constructor(build: (request: unknown) => TrainOptions | Promise<TrainOptions>) {
    this.#build = build;
  }

  train(id: number, request: unknown): void {
    const run = this.#begin(request);
    run.catch(() => {}); // told to whoever reads the run
    this.#runs.set(id, run);
  }

  async #begin(request: unknown): Promise<ServedRun> {
    return new ServedRun(await this.#build(request), this.#host!);
  }

  callOff(id: number, call: number): void {
    this.#runs.get(id)?.then(
      (run) => run.callOff(call),
      () => {},
    );
  }

  forget(id: number): void {
    this.#runs.get(id)?.then(
      (run) => run.giveUp(),
      () => {},
    );
    this.#runs.delete(id);
  }

  async answer(call: number, question: Question): Promise<unknown> {
    if (question.kind === "load") {
      this.#host = await loadHost(question.binary);
      return { host: this.#host.kind } satisfies Loaded;
    }
    const run = await this.#runs.get(question.run)!;
    if (question.kind === "next") return run.next(call, question);
    if (question.kind === "certificate") return run.certificate(call, question);
    if (question.kind === "kktResidual") return run.kktResidual(question.norm);
    return run.parameters();
  }
}
