import { readFile } from "node:fs/promises";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";
import { referenceKernels } from "@steepest/reference";

/** Both implementations of the kernels; what is tested here must hold on either. */
export const hosts: readonly { readonly host: string; readonly kernels: KernelFactory }[] = [
  { host: "binary", kernels: await loadKernels(await readFile(binaryUrl())) },
  { host: "twin", kernels: referenceKernels },
];
