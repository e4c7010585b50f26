import { ArenaFullError, canCompile, type KernelFactory, loadKernels, requireIntact } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";
import { binaryStamp } from "../message/buildStamp.js";
import type { HostKind, SentBinary } from "../message/message.js";
import { missingHint } from "../message/missingHint.js";
import { unusable } from "../message/unusable.js";

export interface Host {
  readonly kind: HostKind;
  readonly kernels: KernelFactory;
}

/**
 * The kernels of a worker. Where WebAssembly is missing, forbidden by a content security policy or without SIMD, those of the twin; a binary that is
 * there but wrong is refused instead.
 *
 * @param binary  the binary as the page sent it: a URL, bytes or a compiled module
 * @returns kind of the host, and its factory of kernels
 * @throws KernelLoadError  naming the URL and the cause
 * @throws ArenaFullError   if the browser has no memory left
 */
export async function loadHost(binary: SentBinary): Promise<Host> {
  if (binary.kind !== "module" && !canCompile()) return { kind: "reference", kernels: referenceKernels };
  return { kind: "wasm", kernels: await kernelsFrom(binary) };
}

function kernelsFrom(binary: SentBinary): Promise<KernelFactory> {
  if (binary.kind === "module") return fromModule(binary.module, "the given module");
  if (binary.kind === "url") return fromUrl(binary.href);
  return fromBytes(binary.bytes, binary.origin, binary.type);
}

async function fromUrl(href: string): Promise<KernelFactory> {
  let response: Response;
  try {
    response = await fetch(href);
  } catch (cause) {
    throw unusable(href, `cannot be fetched: ${(cause as Error).message}`, { cause, hint: missing(href) });
  }
  if (!response.ok) throw unusable(href, `answered with status ${response.status}`, { value: response.status, hint: missing(href) });
  const type = response.headers.get("content-type") ?? "";
  if (canStream(type)) return fromStream(response, href);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw unusable(href, `broke off: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
  return fromBytes(bytes, href, type);
}

/** True for the one type that browsers compile a stream of; parameters exclude it. */
function canStream(type: string): boolean {
  return type.trim().toLowerCase() === "application/wasm" && typeof WebAssembly.compileStreaming === "function";
}

async function fromStream(response: Response, href: string): Promise<KernelFactory> {
  const copy = response.clone();
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compileStreaming(response);
  } catch (cause) {
    throw unusable(href, `cannot be compiled: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
  await refuseDamaged(module, new Uint8Array(await copy.arrayBuffer()), href);
  return fromModule(module, href);
}

/** Compiles bytes. @param type  the content type that their server gave */
async function fromBytes(bytes: Uint8Array<ArrayBuffer>, origin: string, type?: string): Promise<KernelFactory> {
  if (!isWasm(bytes)) {
    const start = new TextDecoder().decode(bytes.subarray(0, 20)).trim();
    throw unusable(origin, `holds ${type || "something"} that begins with ${JSON.stringify(start)}, not WebAssembly`, {
      value: type,
      hint: missing(origin),
    });
  }
  let module: WebAssembly.Module;
  try {
    module = await WebAssembly.compile(bytes);
  } catch (cause) {
    throw unusable(origin, `(${bytes.byteLength} bytes) cannot be used: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
  await refuseDamaged(module, bytes, origin);
  return fromModule(module, origin);
}

/** Refuses a binary of another build by name. */
async function refuseDamaged(module: WebAssembly.Module, bytes: Uint8Array<ArrayBuffer>, origin: string): Promise<void> {
  if (stampOf(module) === binaryStamp) await requireIntact(bytes, "createEngine", origin);
}

async function fromModule(module: WebAssembly.Module, origin: string): Promise<KernelFactory> {
  let kernels: KernelFactory;
  try {
    kernels = await loadKernels(module);
  } catch (cause) {
    if (cause instanceof ArenaFullError) throw cause;
    throw unusable(origin, `cannot be used: ${(cause as Error).message}`, { cause, hint: hints.truncated });
  }
  const stamp = stampOf(module);
  if (stamp !== binaryStamp) {
    throw unusable(origin, `is of build ${stamp ?? "unknown"}, expected ${binaryStamp}`, { value: stamp, hint: hints.otherBuild });
  }
  return kernels;
}

/** The build stamp of a module: equal signatures do not mean equal results. */
function stampOf(module: WebAssembly.Module): string | undefined {
  const [section] = WebAssembly.Module.customSections(module, "steepest.build");
  return section && new TextDecoder().decode(section);
}

function isWasm(bytes: Uint8Array): boolean {
  return [0, 97, 115, 109].every((byte, i) => bytes[i] === byte);
}

const hints = {
  truncated: "the file is truncated or of another version; copy steepest.wasm from the installed @steepest/browser",
  otherBuild:
    "copy steepest.wasm from the installed @steepest/browser; in its repository, build @steepest/browser again after its kernels; tools that strip custom sections must keep steepest.build",
};

const missing = (origin: string): string =>
  missingHint(origin, "serve steepest.wasm of @steepest/browser there, or pass createEngine({ wasm })");
