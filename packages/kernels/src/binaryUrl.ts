import { KernelLoadError } from "./errors.js";

/**
 * URL of the binary: Node reads it, browsers fetch it, bundlers see the literal and emit the file. Resolves from both src/ and dist/.
 *
 * @returns a file URL in Node, the address of the emitted file in a bundle
 * @throws KernelLoadError  in a bundle that does not know where it lies, as those of esbuild that are no ES modules
 */
export function binaryUrl(): URL {
  if (typeof import.meta.url !== "string") {
    throw new KernelLoadError("binaryUrl: this bundle does not know where it lies: its bundler has left nothing of import.meta.url", {
      path: "import.meta.url",
      hint: "pass the bytes of wasm/steepest.wasm of @steepest/kernels to createEngine({ wasm }), build an ES module, or leave @steepest/kernels out of the bundle",
    });
  }
  return new URL("../wasm/steepest.wasm", import.meta.url);
}
