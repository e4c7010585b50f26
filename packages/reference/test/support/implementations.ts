import { readFile } from "node:fs/promises";
import { binaryUrl, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "../../src/index.js";

const bytes = 4 * 2 ** 20;

/** One memory of each kind for a whole test file: engines limit the number of live WebAssembly memories. */
export const binary = (await loadKernels(await readFile(binaryUrl())))(bytes);
export const twin = referenceKernels(bytes);

/** For worked examples, which both must pass. */
export const implementations = [
  ["binary", binary],
  ["twin", twin],
] as const;
