import type { LayerKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { denseKernels } from "./dense.js";
import { sparseKernels } from "./sparse.js";

/** The plain TypeScript twin of `assembly/layer`, bit for bit, over one memory. */
export function layerKernels(memory: Memory): LayerKernels {
  return {
    ...denseKernels(memory),
    ...sparseKernels(memory),
  };
}
