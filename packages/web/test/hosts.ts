import { readFile } from "node:fs/promises";
import type { DatasetHost } from "@steepest/experiments";
import { binaryUrl, type KernelFactory, loadKernels } from "@steepest/kernels";

export const kernels: KernelFactory = await loadKernels(await readFile(binaryUrl()));

export const host: DatasetHost = { kernels, files: { images: () => Promise.reject(new Error("no images here")) } };
