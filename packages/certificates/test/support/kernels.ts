import { readFile } from "node:fs/promises";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";

/** The kernels of the binary. */
export const kernels: KernelFactory = await loadKernels(await readFile(binaryUrl()));
