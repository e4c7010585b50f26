import { DefinitionError, KernelLoadError } from "@steepest/core";
import type { KernelSource } from "@steepest/kernels";
import type { SentBinary } from "./message.js";

/**
 * @throws DefinitionError  if it is nothing that a binary can come from
 * @throws KernelLoadError  if it is a response that holds none
 */
export async function sentBinary(wasm: URL | KernelSource): Promise<SentBinary> {
  if (wasm instanceof URL) return { kind: "url", href: wasm.href };
  if (wasm instanceof Response) return fromResponse(wasm);
  if (typeof WebAssembly !== "undefined" && wasm instanceof WebAssembly.Module) return { kind: "module", module: wasm };
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm))
    return { kind: "bytes", bytes: wasm as BufferSource, origin: "the given bytes" };
  throw new DefinitionError("createEngine.wasm: must be a URL, a Response, bytes or a WebAssembly.Module", {
    path: "createEngine.wasm",
    value: typeof wasm,
    hint: "make a URL of a string: new URL(address, location.href)",
  });
}

async function fromResponse(response: Response): Promise<SentBinary> {
  const origin = response.url || "the given response";
  if (!response.ok) {
    throw new KernelLoadError(`createEngine: ${origin} answered with status ${response.status}`, {
      path: origin,
      value: response.status,
      hint: "serve steepest.wasm of @steepest/browser there",
    });
  }
  return { kind: "bytes", bytes: await response.arrayBuffer(), origin };
}
