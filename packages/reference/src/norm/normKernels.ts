import type { NormKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { l1Kernels } from "./l1.js";
import { l2Kernels } from "./l2.js";
import { linfKernels } from "./linf.js";
import { lpKernels } from "./lp.js";

export function normKernels(memory: Memory): NormKernels {
  return { ...l1Kernels(memory), ...l2Kernels(memory), ...linfKernels(memory), ...lpKernels(memory) };
}
