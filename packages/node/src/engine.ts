import { DefinitionError, refuseUnknownKeys, type TrainOptions, trainOptionKeys } from "@steepest/core";
import { type KernelFactory, KernelLoadError, type KernelSource, loadKernels } from "@steepest/kernels";
import { readKernelBinary } from "./kernelBinary.js";
import { Run } from "./run.js";
import { shippedBinary } from "./shippedBinary.js";

export interface EngineOptions {
  /** Another copy of the kernel binary than the installed one: a file URL, a Response, its bytes, or the compiled module. */
  readonly wasm?: URL | KernelSource;
}

/** The core with its kernels loaded. Results are copies that JavaScript owns; what is not closed is collected. */
export interface Engine extends AsyncDisposable {
  /** What `train`, `Training` and `drive` of @steepest/core take as their host's kernels. */
  readonly kernels: KernelFactory;
  /** @throws DefinitionError, DimensionError, DataError, ArenaFullError  before the first step */
  train(options: TrainOptions): Run;
  /** Nothing can be trained any more. What `await using` does. */
  close(): Promise<void>;
}

/**
 * @throws KernelLoadError  naming the file and the cause
 * @throws DefinitionError  on an unknown option
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  refuseUnknownKeys("createEngine", options, { wasm: true });
  const { wasm = shippedBinary() } = options;
  let kernels: KernelFactory | undefined = wasm instanceof URL ? await loadFrom(wasm) : await loadKernels(wasm);
  const engine: Engine = {
    get kernels() {
      if (!kernels) throw new DefinitionError("engine: is disposed", { path: "engine", hint: "create another with createEngine()" });
      return kernels;
    },
    train(options) {
      refuseUnknownKeys("engine.train", options, trainOptionKeys);
      return new Run(options, engine);
    },
    async close() {
      kernels = undefined;
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
  return engine;
}

async function loadFrom(url: URL): Promise<KernelFactory> {
  const bytes = await readKernelBinary(url);
  try {
    return await loadKernels(bytes);
  } catch (cause) {
    throw new KernelLoadError(`createEngine: ${url.href} (${bytes.length} bytes) cannot be used: ${(cause as Error).message}`, {
      path: url.href,
      value: bytes.length,
      cause,
      hint: "the file is truncated or of another version; reinstall @steepest/kernels, or build it with pnpm run build:wasm",
    });
  }
}
