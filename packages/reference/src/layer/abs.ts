import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

export function absKernels({ f64 }: Memory): Pick<ActivationKernels, "absForward" | "absBackward"> {
  return {
    absForward(z, a, n) {
      for (let i = 0; i < n; i++) f64[(a >>> 3) + i] = Math.abs(f64[(z >>> 3) + i]!);
    },
    absBackward(z, da, dz, n) {
      for (let i = 0; i < n; i++) {
        const v = f64[(z >>> 3) + i]!;
        const d = f64[(da >>> 3) + i]!;
        f64[(dz >>> 3) + i] = v > 0 ? d : v < 0 ? -d : v === 0 ? 0 : Number.NaN;
      }
    },
  };
}
