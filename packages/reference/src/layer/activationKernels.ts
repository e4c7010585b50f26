import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { absKernels } from "./abs.js";
import { eluKernels } from "./elu.js";
import { geluKernels } from "./gelu.js";
import { siluKernels } from "./silu.js";
import { softplusKernels } from "./softplus.js";
import { tanhKernels } from "./tanh.js";

/** The plain TypeScript twin of the activations in `assembly/layer` with accuracies of their own, bit for bit, over one memory. */
export function activationKernels(memory: Memory): ActivationKernels {
  return {
    ...absKernels(memory),
    ...siluKernels(memory),
    ...geluKernels(memory),
    ...eluKernels(memory),
    ...softplusKernels(memory),
    ...tanhKernels(memory),
  };
}
