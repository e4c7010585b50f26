import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { binaryUrl } from "@steepest/kernels";

declare const __filename: unknown; // in CommonJS, for which bundlers may leave nothing of import.meta.url

/** URL of this module, or of the bundle that holds it; undefined where that is not known. */
function place(): URL | undefined {
  if (typeof import.meta.url === "string") return new URL(import.meta.url);
  return typeof __filename === "string" ? pathToFileURL(__filename) : undefined;
}

/**
 * URL of the kernel binary: in its package, or beside the bundle.
 *
 * @returns the first of the two where there is none
 * @throws KernelLoadError  in a bundle that does not know where it lies
 */
export function shippedBinary(): URL {
  const here = place();
  const beside = here && new URL("steepest.wasm", here); // no literal: it would tell bundlers of a file that this package does not have
  if (here && typeof import.meta.url !== "string") return beside!;
  const inPackage = binaryUrl();
  return beside && !existsSync(inPackage) && existsSync(beside) ? beside : inPackage;
}
