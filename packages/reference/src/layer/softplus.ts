import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exp } from "../scalar/exp.js";
import { log1p } from "../scalar/log1p.js";
import { elementwise } from "./elementwise.js";

/** log(1 + e^z). */
const softplus = (z: number): number => Math.max(z, 0) + log1p(exp(-Math.abs(z)));

/** 1 / (1 + e^−z). */
function sigmoid(z: number): number {
  const e = exp(-Math.abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}

export function softplusKernels(memory: Memory): Pick<ActivationKernels, "softplusForward" | "softplusBackward"> {
  const [softplusForward, softplusBackward] = elementwise(memory, softplus, sigmoid);
  return { softplusForward, softplusBackward };
}
