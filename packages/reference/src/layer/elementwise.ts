import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

/** The forward and backward kernel of an activation: aᵢ ← value(zᵢ), dzᵢ ← fl(slope(zᵢ) daᵢ). */
export function elementwise(
  { f64 }: Memory,
  value: (z: number) => number,
  slope: (z: number) => number,
): [ActivationKernels["siluForward"], ActivationKernels["siluBackward"]] {
  return [
    (z, a, n) => {
      for (let i = 0; i < n; i++) f64[(a >>> 3) + i] = value(f64[(z >>> 3) + i]!);
    },
    (z, da, dz, n) => {
      for (let i = 0; i < n; i++) f64[(dz >>> 3) + i] = slope(f64[(z >>> 3) + i]!) * f64[(da >>> 3) + i]!;
    },
  ];
}
