import { readFile } from "node:fs/promises";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";

export const binary: KernelFactory = await loadKernels(await readFile(binaryUrl()));
export const twin: KernelFactory = referenceKernels;
