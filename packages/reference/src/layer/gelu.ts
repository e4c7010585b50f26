import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { gelu, geluSlope } from "../scalar/gelu.js";
import { elementwise } from "./elementwise.js";

export function geluKernels(memory: Memory): Pick<ActivationKernels, "geluForward" | "geluBackward"> {
  const [geluForward, geluBackward] = elementwise(memory, gelu, geluSlope);
  return { geluForward, geluBackward };
}
