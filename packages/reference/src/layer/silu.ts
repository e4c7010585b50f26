import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exp } from "../scalar/exp.js";
import { expProduct } from "../scalar/expProduct.js";
import { elementwise } from "./elementwise.js";

/** z / (1 + e^−z). */
export function silu(z: number): number {
  if (z < -700) return z < -790 ? -0 : expProduct(z, 0, z);
  const e = exp(-Math.abs(z));
  return (z < 0 ? z * e : z) / (1 + e);
}

/** σ(z) (1 + z σ(−z)), σ(z) = 1 / (1 + e^−z). */
export function siluSlope(z: number): number {
  if (z < -700) return z < -790 ? -0 : expProduct(z, 0, 1 + z);
  if (z > 700) return 1;
  const e = exp(-Math.abs(z));
  const d = 1 + e;
  return z < 0 ? (e * (1 + z / d)) / d : (1 + (z * e) / d) / d;
}

export function siluKernels(memory: Memory): Pick<ActivationKernels, "siluForward" | "siluBackward"> {
  const [siluForward, siluBackward] = elementwise(memory, silu, siluSlope);
  return { siluForward, siluBackward };
}
