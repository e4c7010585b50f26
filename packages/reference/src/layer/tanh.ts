import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { tanh, tanhSlope } from "../scalar/tanh.js";
import { elementwise } from "./elementwise.js";

export function tanhKernels(memory: Memory): Pick<ActivationKernels, "tanhForward" | "tanhBackward"> {
  const [tanhForward, tanhBackward] = elementwise(memory, tanh, tanhSlope);
  return { tanhForward, tanhBackward };
}
