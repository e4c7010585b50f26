import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";

/** Where the arithmetic of the page comes from: the one place to change for another engine. @throws KernelLoadError */
export async function loadEngineKernels(): Promise<KernelFactory> {
  return loadKernels(await fetch(binaryUrl));
}
