import type { CertifiableRun } from "@steepest/certificates";
import { DefinitionError, type TrainOptions } from "@steepest/core";
import { refuseUnknownKeys, trainOptionKeys } from "@steepest/core/internal";
import { ArenaFullError, canCompile, type KernelFactory, KernelLoadError, type KernelSource, loadKernels } from "@steepest/kernels";
import { readKernelBinary } from "./kernelBinary.js";
import { shippedBinary } from "./shippedBinary.js";
import { ThreadRun } from "./threadRun.js";

export interface EngineOptions {
  /** Another copy of the kernel binary than the installed one: a file URL, a Response, the bytes, or a compiled module. */
  readonly wasm?: URL | KernelSource;
}

/** The arithmetic of an engine: the WebAssembly binary, or its twin in JavaScript where there is no WebAssembly (`node --jitless`). The bits are the same. */
export type HostKind = "wasm" | "reference";

/**
 * The kernels that `createEngine` computes with in this process.
 *
 * @returns "wasm", or "reference" where there is no WebAssembly
 */
export function hostKind(): HostKind {
  return canCompile() ? "wasm" : "reference";
}

/** The core with its kernels loaded. Results are copies that JavaScript owns; runs that are not closed are garbage-collected. */
export interface Engine extends AsyncDisposable {
  /** "reference" where there is no WebAssembly: the same bits, several times slower. */
  readonly host: HostKind;
  /** The kernels, for `train`, `Training` and `drive` of @steepest/core. */
  readonly kernels: KernelFactory;
  /**
   * Begins a run.
   *
   * @param options  network, data, loss, optimiser, step rule, initialisation, seed; not modified
   * @returns a run at its initial parameters; reading its points advances it
   * @throws DefinitionError, DimensionError, DataError, ArenaFullError  before the first step
   */
  train(options: TrainOptions): CertifiableRun;
  /** Ends the engine: nothing can be trained any more. `await using` calls it. */
  close(): Promise<void>;
}

/**
 * Loads the kernels and makes an engine.
 *
 * @param options  `wasm`: another kernel binary than the installed one
 * @returns an engine, whose runs share its kernels
 * @throws KernelLoadError  naming the file and the cause
 * @throws ArenaFullError   if the process may have no memory for the kernels
 * @throws DefinitionError  on an unknown option
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  refuseUnknownKeys("createEngine", options, { wasm: true });
  const { wasm = shippedBinary() } = options;
  const host = hostKind();
  let kernels: KernelFactory | undefined = host === "reference" ? await twin() : await kernelsOf(wasm);
  const engine: Engine = {
    host,
    get kernels() {
      if (!kernels) throw DefinitionError.at("engine", "is disposed", { hint: "create another with createEngine()" });
      return kernels;
    },
    train(options) {
      refuseUnknownKeys("engine.train", options, trainOptionKeys);
      return new ThreadRun(options, engine);
    },
    async close() {
      kernels = undefined;
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
  return engine;
}

/** The twin's kernels, imported only here: most engines need none of it. */
async function twin(): Promise<KernelFactory> {
  return (await import("@steepest/reference")).referenceKernels;
}

function kernelsOf(wasm: URL | KernelSource): Promise<KernelFactory> {
  return wasm instanceof URL ? loadFrom(wasm) : loadKernels(wasm);
}

async function loadFrom(url: URL): Promise<KernelFactory> {
  const bytes = await readKernelBinary(url);
  try {
    return await loadKernels(bytes);
  } catch (cause) {
    if (cause instanceof ArenaFullError) throw cause; // nothing is wrong with the file
    throw new KernelLoadError(`createEngine: ${url.href} (${bytes.length} bytes) cannot be used: ${(cause as Error).message}`, {
      path: url.href,
      value: bytes.length,
      cause,
      hint:
        (cause as KernelLoadError).hint ??
        "the file is of another version; reinstall @steepest/kernels, or build it with pnpm run build:wasm",
    });
  }
}
