import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

export function reluKernels({ f64 }: Memory): Pick<ActivationKernels, "reluForward" | "reluBackward"> {
  return {
    reluForward(z, a, n) {
      const from = z >>> 3;
      const to = a >>> 3;
      for (let i = 0; i < n; i += 1) {
        const v = f64[from + i]!;
        // biome-ignore lint/complexity/useMathMinMax: Math.max takes three times as long in V8
        f64[to + i] = v <= 0 ? 0 : v;
      }
    },
    reluBackward(z, da, dz, n) {
      const at = z >>> 3;
      const from = da >>> 3;
      const to = dz >>> 3;
      for (let i = 0; i < n; i += 1) {
        const v = f64[at + i]!;
        f64[to + i] = v > 0 ? f64[from + i]! : v <= 0 ? 0 : Number.NaN;
      }
    },
  };
}
