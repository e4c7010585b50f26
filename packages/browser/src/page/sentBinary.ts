import { DefinitionError, KernelLoadError } from "@steepest/core";
import type { KernelSource } from "@steepest/kernels";
import type { SentBinary } from "../message/message.js";
import { unusable } from "../message/unusable.js";

const givenBytes = "the given bytes";

/**
 * The message form of a kernel source. @throws DefinitionError  if it is no source of a binary
 * @throws KernelLoadError  if it is a response or a buffer that holds none
 */
export async function sentBinary(wasm: URL | KernelSource): Promise<SentBinary> {
  if (wasm instanceof URL) return { kind: "url", href: wasm.href };
  if (wasm instanceof Response) return fromResponse(wasm);
  if (typeof WebAssembly !== "undefined" && wasm instanceof WebAssembly.Module) return { kind: "module", module: wasm };
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) return { kind: "bytes", bytes: bytesOf(wasm), origin: givenBytes };
  throw DefinitionError.at("createEngine.wasm", "must be a URL, a Response, bytes or a WebAssembly.Module", {
    value: typeof wasm,
    hint: "make a URL of a string: new URL(address, location.href)",
  });
}

/** The bytes that a view shows: browsers compile from no other view. */
function bytesOf(wasm: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (wasm.byteLength === 0) {
    throw new KernelLoadError(`createEngine: ${givenBytes} are none, expected those of steepest.wasm`, {
      path: "createEngine.wasm",
      value: 0,
      hint: "was the buffer transferred to somewhere else? pass a copy",
    });
  }
  if (wasm instanceof ArrayBuffer) return new Uint8Array(wasm);
  return new Uint8Array(wasm.buffer, wasm.byteOffset, wasm.byteLength).slice();
}

async function fromResponse(response: Response): Promise<SentBinary> {
  const origin = response.url || "the given response";
  if (!response.ok) {
    throw unusable(origin, `answered with status ${response.status}`, {
      value: response.status,
      hint: "serve steepest.wasm of @steepest/browser there",
    });
  }
  if (response.bodyUsed) {
    throw unusable(origin, "has been read already, expected a response whose body nobody has read", {
      hint: "pass response.clone() before reading it, or the bytes of steepest.wasm that were read",
    });
  }
  try {
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { kind: "bytes", bytes, origin, type: response.headers.get("content-type") ?? "" };
  } catch (cause) {
    throw unusable(origin, `broke off: ${(cause as Error).message}`, { cause, hint: "fetch steepest.wasm again" });
  }
}
