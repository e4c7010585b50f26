import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

/** first, multiplied by z ⌊r⌋ - 1 times, then by √z if r = halves / 2 is not an integer. */
function powerFrom(first: number, z: number, halves: number): number {
  let p = first;
  for (let i = (halves >> 1) - 1; i > 0; i -= 1) p *= z;
  return halves & 1 ? p * Math.sqrt(z) : p;
}

export function reluPowerKernels({ f64 }: Memory): Pick<ActivationKernels, "reluPowerForward" | "reluPowerBackward"> {
  return {
    reluPowerForward(z, a, n, halves) {
      const from = z >>> 3;
      const to = a >>> 3;
      for (let i = 0; i < n; i += 1) {
        const v = f64[from + i]!;
        f64[to + i] = v <= 0 ? 0 : powerFrom(v, v, halves);
      }
    },
    reluPowerBackward(z, da, dz, n, halves) {
      const at = z >>> 3;
      const from = da >>> 3;
      const to = dz >>> 3;
      for (let i = 0; i < n; i += 1) {
        const v = f64[at + i]!;
        f64[to + i] = v > 0 ? (halves / 2) * powerFrom(1, v, halves) * f64[from + i]! : v <= 0 ? 0 : Number.NaN;
      }
    },
  };
}
