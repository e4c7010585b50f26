import { readFile } from "node:fs/promises";
import { KernelLoadError } from "@steepest/kernels";
import { exhausted } from "./exhausted.js";
import { shippedBinary } from "./shippedBinary.js";

/**
 * The bytes of the kernel binary, by default the one installed with this package, or the one beside the bundle.
 *
 * @param url  a file URL
 * @returns its bytes, not checked
 * @throws KernelLoadError  naming the URL and the cause
 * @throws ResourceError    if no more files may be opened
 */
export async function readKernelBinary(url: URL = shippedBinary()): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(url));
  } catch (cause) {
    const usedUp = exhausted(`createEngine: ${url.href} cannot be read`, cause);
    if (usedUp) throw usedUp;
    throw new KernelLoadError(`createEngine: ${url.href} cannot be read: ${(cause as Error).message}`, {
      path: url.href,
      cause,
      hint:
        url.protocol === "file:"
          ? "reinstall @steepest/kernels, or build it with pnpm run build:wasm; for a bundle, copy wasm/steepest.wasm of @steepest/kernels beside it"
          : "only file: URLs are read; fetch the binary and pass its Response or bytes",
    });
  }
}
