import type { PoolingKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { maxoutKernels } from "./maxout.js";
import { meanKernels } from "./mean.js";
import { windowKernels } from "./pool.js";

/** The plain TypeScript twin of the pooling in `assembly/layer`, bit for bit, over one memory. */
export function poolingKernels(memory: Memory): PoolingKernels {
  return { ...windowKernels(memory), ...maxoutKernels(memory), ...meanKernels(memory) };
}
