import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

export function leakyReluKernels({ f64 }: Memory): Pick<ActivationKernels, "leakyReluForward" | "leakyReluBackward"> {
  return {
    leakyReluForward(z, a, n, slope) {
      const from = z >>> 3;
      const to = a >>> 3;
      for (let i = 0; i < n; i += 1) {
        const v = f64[from + i]!;
        f64[to + i] = v > 0 ? v : slope * v;
      }
    },
    leakyReluBackward(z, da, dz, n, slope) {
      const at = z >>> 3;
      const from = da >>> 3;
      const to = dz >>> 3;
      for (let i = 0; i < n; i += 1) {
        const v = f64[at + i]!;
        const d = f64[from + i]!;
        f64[to + i] = v > 0 ? d : v <= 0 ? slope * d : Number.NaN;
      }
    },
  };
}
