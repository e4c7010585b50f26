import { instantiateSync } from "@assemblyscript/loader";
import type { KernelFactory, KernelFunctions } from "./abi.js";
import { DefinitionError, KernelLoadError, refusedMemory } from "./errors.js";
import { hasStamp, requireIntact } from "./integrity.js";
import { shown } from "./shown.js";

/** The forms of a binary: its bytes, a Response that holds them, or the compiled module. */
export type KernelSource = BufferSource | Response | WebAssembly.Module;

const pageBytes = 65_536;

type RawExports = KernelFunctions & { arenaBase(): number; abiVersion(): number } & Record<string, unknown>;

/** Grows by one whenever a signature or a contract changes; the binary exports the same number. */
export const abiVersion = 7;

/**
 * Compiles the binary once and returns a factory that instantiates it over a fresh memory of a fixed size. Engines reserve address space for each, so
 * those who ask for no bytes share one.
 *
 * @param source  the bytes, a `Response` that holds them, or a compiled module
 * @returns a factory of kernels, each over a memory of its own
 * @throws KernelLoadError  if the source is not a WebAssembly binary, or not the one that belongs to this package as it was built
 * @throws ArenaFullError   if the engine has no memory left; so does the factory
 * @throws DefinitionError  if the source is of no such kind
 */
export async function loadKernels(source: KernelSource): Promise<KernelFactory> {
  if (!(source instanceof WebAssembly.Module)) requireSource(source);
  const module = source instanceof WebAssembly.Module ? source : await compile(source);
  const withoutBytes = instantiate(module, 0); // a foreign or incomplete binary is refused here, not in the middle of a run
  return (byteLength) => (byteLength === 0 ? withoutBytes : instantiate(module, byteLength));
}

async function compile(source: BufferSource | Response): Promise<WebAssembly.Module> {
  if (typeof Response === "undefined" || !(source instanceof Response)) return compileBytes(source as BufferSource, "the given bytes");
  if (!source.ok) {
    throw new KernelLoadError(`loadKernels: ${source.url || "the response"} answered with status ${source.status}, expected the binary`, {
      value: source.status,
      hint: "serve steepest.wasm of @steepest/kernels at that address",
    });
  }
  return compileBytes(await source.arrayBuffer(), source.url || "the response");
}

async function compileBytes(bytes: BufferSource, origin: string): Promise<WebAssembly.Module> {
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytesOf(bytes as ArrayBufferView<ArrayBuffer>);
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compile(view);
  } catch (cause) {
    if (hasStamp(view)) await requireIntact(view, "loadKernels", origin);
    throw new KernelLoadError(`loadKernels: ${origin} is not a WebAssembly binary that this engine can compile`, {
      cause,
      hint: "pass the bytes of wasm/steepest.wasm of this package; WebAssembly SIMD is required",
    });
  }
  await requireIntact(view, "loadKernels", origin);
  return module;
}

/** @throws DefinitionError  unless it can be a binary */
function requireSource(source: KernelSource): void {
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer || (typeof Response !== "undefined" && source instanceof Response))
    return;
  throw new DefinitionError(`loadKernels: must be bytes, a Response or a compiled module, got ${shown(source)}`, {
    path: "loadKernels.source",
    value: source,
    hint: "read the file that binaryUrl() names, or fetch it",
  });
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function instantiate(module: WebAssembly.Module, byteLength: number): ReturnType<KernelFactory> {
  const staticBytes = pageBytes; // the binary's static data; arenaBase lies below
  const memory = allocate(Math.ceil((byteLength + staticBytes) / pageBytes));
  let raw: RawExports;
  try {
    raw = instantiateSync(module, { env: { memory } }).instance.exports as RawExports;
  } catch (cause) {
    throw new KernelLoadError("loadKernels: this binary could not be instantiated, expected the one of @steepest/kernels", {
      cause,
      hint: "use the steepest.wasm that was installed together with it",
    });
  }
  if (typeof raw.abiVersion !== "function" || raw.abiVersion() !== abiVersion) {
    throw new KernelLoadError("loadKernels: this binary does not belong to this version of @steepest/kernels", {
      hint: "use the steepest.wasm that was installed together with it",
    });
  }
  const arenaBase = Math.ceil(raw.arenaBase() / 64) * 64;
  return { ...raw, buffer: memory.buffer as ArrayBuffer, arenaBase };
}

function allocate(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw refusedMemory(pages * pageBytes, cause);
  }
}
