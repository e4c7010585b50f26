import type { CertifiableRun } from "@steepest/certificates";
import { DefinitionError, KernelLoadError, type TrainOptions } from "@steepest/core";
import { checkTrainOptions, refuseUnknownKeys, trainOptionKeys } from "@steepest/core/internal";
import type { KernelSource } from "@steepest/kernels";
import { shippedBinary, shippedCertificates, shippedSolver, shippedWorker } from "../fileUrls.js";
import { buildStamp } from "../message/buildStamp.js";
import type { CertificateFiles, HostKind, Loaded, SentBinary } from "../message/message.js";
import { sendable } from "../message/sendable.js";
import { asyncDispose } from "./asyncDispose.js";
import { patienceSeconds, withPatience } from "./patience.js";
import { sentBinary } from "./sentBinary.js";
import { WorkerLink } from "./workerLink.js";
import { WorkerRun } from "./workerRun.js";

/** Addresses of the files that only `run.certificate` needs, fetched when it is called; by default beside this module. */
export interface CertificateAddresses {
  /** URL of `certificates.js`, of the page's origin. */
  readonly certificates?: URL;
  /** URL of `highs.wasm`, which norms need whose certificates are linear programmes. */
  readonly solver?: URL;
}

export interface EngineOptions extends CertificateAddresses {
  /** Source of the kernel binary, by default the file beside this module: a URL, a Response, the bytes, or a compiled module. */
  readonly wasm?: URL | KernelSource;
  /** URL of the worker's script, of the page's origin; by default the file beside this module. */
  readonly worker?: URL;
}

export interface CustomEngineOptions extends CertificateAddresses {
  readonly wasm?: URL | KernelSource;
  /** Starts a worker that calls `serveTraining` of @steepest/browser/serve. The engine terminates it. */
  readonly worker: () => Worker;
}

/** The core in a Web Worker, with its kernels loaded. `Request` is the type that `train` makes runs from. */
export interface Engine<Request = TrainOptions> extends AsyncDisposable {
  /** "reference" where WebAssembly is forbidden: the same bits, several times slower. */
  readonly host: HostKind;
  /**
   * Begins a run in the worker, which makes norms, optimisers and the like anew, so they must come from the core's factories.
   *
   * @param request  options of the run, or with a worker of yours what its `serveTraining` builds them from; structured-cloned
   * @returns a run at its initial parameters; reading its points advances it
   * @throws DefinitionError, DimensionError, DataError  at once what shows here; the rest is thrown by the run's methods
   */
  train(request: Request): CertifiableRun;
  /** Ends the worker, and with it all runs. `await using` calls it. */
  close(): Promise<void>;
}

/**
 * An engine on the worker that ships with the package: `engine.train` takes the same options as on Node.
 *
 * @param options  addresses of the kernel binary and of the worker's script, by default beside this module
 * @returns an engine, once its worker has loaded the kernels
 * @throws KernelLoadError  naming the URL and the cause
 */
export function createEngine(options?: EngineOptions): Promise<Engine>;
/**
 * An engine on a worker of yours: `engine.train` takes the request that its `serveTraining` builds options from, structured-cloned.
 *
 * @param options  a function that starts the worker, and the address of the kernel binary, by default beside this module
 * @returns an engine, once its worker has loaded the kernels
 * @throws KernelLoadError  naming the URL and the cause
 */
export function createEngine<Request>(options: CustomEngineOptions): Promise<Engine<Request>>;
export async function createEngine(options: EngineOptions | CustomEngineOptions = {}): Promise<Engine<never>> {
  refuseUnknownKeys("createEngine", options, { wasm: true, worker: true, certificates: true, solver: true });
  const { wasm = shippedBinary(), worker = shippedWorker(), certificates, solver } = options;
  if (!(worker instanceof URL || typeof worker === "function")) {
    throw DefinitionError.at("createEngine.worker", "must be a URL or a function that starts a worker", {
      value: worker,
      hint: "make a URL of a string: new URL(address, location.href)",
    });
  }
  const binary = await sentBinary(wasm);
  const link = new WorkerLink(worker);
  try {
    const build = await link.hello();
    if (build !== buildStamp) throw foreignWorker(link, build);
    const { answer } = link.ask<Loaded>({ kind: "load", binary });
    const { host } = await withPatience(answer, () => lateBinary(binary));
    const files = (): CertificateFiles => ({
      script: (certificates ?? shippedCertificates()).href,
      solver: (solver ?? shippedSolver()).href,
    });
    return engineOf(link, host, files, worker instanceof URL ? sentOptions : (request: unknown) => request);
  } catch (error) {
    link.close(error as Error);
    throw error;
  }
}

function engineOf<Request>(
  link: WorkerLink,
  host: HostKind,
  files: () => CertificateFiles,
  toSend: (request: Request) => unknown,
): Engine<Request> {
  let runs = 0;
  const forgotten = new FinalizationRegistry<number>((run) => {
    if (link.isOpen) link.tell({ kind: "forget", run });
  });
  const close = async (): Promise<void> =>
    link.close(DefinitionError.at("engine", "is disposed", { hint: "create another with createEngine()" }));
  return {
    host,
    train(request) {
      const sent = toSend(request);
      const id = ++runs;
      link.tell({ kind: "train", run: id, request: sent });
      const run = new WorkerRun(link, id, files);
      forgotten.register(run, id);
      return run;
    },
    close,
    [asyncDispose]: close,
  };
}

function sentOptions(options: TrainOptions): unknown {
  refuseUnknownKeys("engine.train", options, trainOptionKeys);
  checkTrainOptions(options);
  return sendable(options, "engine.train");
}

function foreignWorker({ name, path }: WorkerLink, build: string): KernelLoadError {
  return new KernelLoadError(`createEngine: ${name} is of build ${build}, expected ${buildStamp} as the page`, {
    path,
    value: build,
    hint: "copy the worker.js that was installed with this version of @steepest/browser, or build your own worker anew; mind what is cached",
  });
}

function lateBinary(binary: SentBinary): KernelLoadError {
  const path = binary.kind === "url" ? binary.href : "createEngine.wasm";
  return new KernelLoadError(`createEngine: ${path} did not give the worker its kernels within ${patienceSeconds} s`, {
    path,
    value: patienceSeconds,
    hint: "does the server answer? serve steepest.wasm of @steepest/browser there, or pass createEngine({ wasm })",
  });
}
