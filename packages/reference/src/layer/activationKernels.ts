import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { absKernels } from "./abs.js";
import { eluKernels } from "./elu.js";
import { geluKernels } from "./gelu.js";
import { leakyReluKernels } from "./leakyRelu.js";
import { reluKernels } from "./relu.js";
import { reluPowerKernels } from "./reluPower.js";
import { siluKernels } from "./silu.js";
import { softplusKernels } from "./softplus.js";
import { tanhKernels } from "./tanh.js";

/** The plain TypeScript twin of the activations in `assembly/layer`, bit for bit, over one memory. */
export function activationKernels(memory: Memory): ActivationKernels {
  return {
    ...reluKernels(memory),
    ...leakyReluKernels(memory),
    ...reluPowerKernels(memory),
    ...absKernels(memory),
    ...siluKernels(memory),
    ...geluKernels(memory),
    ...eluKernels(memory),
    ...softplusKernels(memory),
    ...tanhKernels(memory),
  };
}
