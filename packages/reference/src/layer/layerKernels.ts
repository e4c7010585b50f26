import type { LayerKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { denseKernels } from "./dense.js";
import { leakyReluKernels } from "./leakyRelu.js";
import { maxoutKernels } from "./maxout.js";
import { meanKernels } from "./mean.js";
import { poolKernels } from "./pool.js";
import { reluKernels } from "./relu.js";
import { reluPowerKernels } from "./reluPower.js";
import { sparseKernels } from "./sparse.js";

/** The plain TypeScript twin of `assembly/layer`, bit for bit, over one memory. */
export function layerKernels(memory: Memory): LayerKernels {
  return {
    ...denseKernels(memory),
    ...sparseKernels(memory),
    ...reluKernels(memory),
    ...leakyReluKernels(memory),
    ...reluPowerKernels(memory),
    ...poolKernels(memory),
    ...maxoutKernels(memory),
    ...meanKernels(memory),
  };
}
