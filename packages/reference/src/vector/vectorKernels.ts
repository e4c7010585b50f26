import type { VectorKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { elementwiseKernels } from "./elementwise.js";
import { extremeKernels, sumKernels } from "./reductions.js";
import { shrinkPowerKernel } from "./shrinkPower.js";

export function vectorKernels(memory: Memory): VectorKernels {
  return { ...elementwiseKernels(memory), ...sumKernels(memory), ...shrinkPowerKernel(memory), ...extremeKernels(memory) };
}
