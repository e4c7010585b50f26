import type { VectorKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { elementwiseKernels } from "./elementwise.js";
import { extremeKernels, sumKernels } from "./reductions.js";

export function vectorKernels(memory: Memory): VectorKernels {
  return { ...elementwiseKernels(memory), ...sumKernels(memory), ...extremeKernels(memory) };
}
