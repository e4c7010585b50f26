import { type KernelFactory, KernelLoadError, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import type { HostKind, SentBinary } from "./message.js";

export interface Host {
  readonly kind: HostKind;
  readonly kernels: KernelFactory;
}

/** A module with one function that returns i8x16.popcnt of a splat: the smallest that needs SIMD. */
const simdModule = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/**
 * The kernels of a worker. Where WebAssembly is missing, forbidden by a content security policy or without SIMD, those of the twin; a binary that is
 * there but wrong is refused instead.
 *
 * @throws KernelLoadError  naming the URL and the cause
 */
export async function loadHost(binary: SentBinary): Promise<Host> {
  if (binary.kind === "module") return { kind: "wasm", kernels: await loadKernels(binary.module) };
  if (!canCompile()) return { kind: "reference", kernels: referenceKernels };
  if (binary.kind === "bytes") return { kind: "wasm", kernels: await fromBytes(binary.bytes, binary.origin) };
  return { kind: "wasm", kernels: await fromUrl(binary.href) };
}

/** Asked by compiling: `WebAssembly.validate` says yes where a policy forbids it. */
function canCompile(): boolean {
  try {
    new WebAssembly.Module(simdModule);
    return true;
  } catch {
    return false;
  }
}

async function fromUrl(href: string): Promise<KernelFactory> {
  let response: Response;
  try {
    response = await fetch(href);
  } catch (cause) {
    throw unusable(href, `cannot be fetched: ${(cause as Error).message}`, { cause, hint: hints.missing });
  }
  if (!response.ok) throw unusable(href, `answered with status ${response.status}`, { value: response.status, hint: hints.missing });
  const type = response.headers.get("content-type") ?? "";
  if (/^application\/wasm\b/.test(type) && typeof WebAssembly.compileStreaming === "function") return fromStream(response, href);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw unusable(href, `broke off: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
  if (!isWasm(bytes)) {
    const start = new TextDecoder().decode(bytes.subarray(0, 20)).trim();
    throw unusable(href, `holds ${type || "something"} that begins with ${JSON.stringify(start)}, not WebAssembly`, {
      value: type,
      hint: hints.missing,
    });
  }
  return fromBytes(bytes, href);
}

async function fromStream(response: Response, href: string): Promise<KernelFactory> {
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compileStreaming(response);
  } catch (cause) {
    throw unusable(href, `cannot be compiled: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
  return named(href, "cannot be used", () => loadKernels(module));
}

async function fromBytes(bytes: BufferSource, origin: string): Promise<KernelFactory> {
  return named(origin, `(${bytes.byteLength} bytes) cannot be used`, () => loadKernels(bytes));
}

async function named(origin: string, what: string, load: () => Promise<KernelFactory>): Promise<KernelFactory> {
  try {
    return await load();
  } catch (cause) {
    throw unusable(origin, `${what}: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
}

function isWasm(bytes: Uint8Array): boolean {
  return [0, 97, 115, 109].every((byte, i) => bytes[i] === byte);
}

const hints = {
  missing: "serve steepest.wasm of @steepest/browser there, or pass createEngine({ wasm })",
  truncated: "the file is truncated or of another version; copy steepest.wasm from the installed @steepest/browser",
};

function unusable(origin: string, what: string, details: { value?: unknown; cause?: unknown; hint: string }): KernelLoadError {
  return new KernelLoadError(`createEngine: ${origin} ${what}`, { path: origin, ...details });
}
