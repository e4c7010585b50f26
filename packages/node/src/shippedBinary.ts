import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { binaryUrl } from "@steepest/kernels";

declare const __filename: unknown; // in CommonJS, for which bundlers may leave nothing of import.meta.url

/** Where this module lies, or the bundle that it is in; undefined where that does not know. */
function place(): URL | undefined {
  if (typeof import.meta.url === "string") return new URL(import.meta.url);
  return typeof __filename === "string" ? pathToFileURL(__filename) : undefined;
}

/**
 * Where the kernel binary lies: in its package, or in a bundle beside that.
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
