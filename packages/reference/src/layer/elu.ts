import type { ActivationKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exp } from "../scalar/exp.js";
import { expm1 } from "../scalar/expm1.js";

export function eluKernels({ f64 }: Memory): Pick<ActivationKernels, "eluForward" | "eluBackward"> {
  return {
    eluForward(z, a, n, alpha) {
      for (let i = 0; i < n; i++) {
        const v = f64[(z >>> 3) + i]!;
        f64[(a >>> 3) + i] = v > 0 ? v : alpha * expm1(v);
      }
    },
    eluBackward(z, da, dz, n, alpha) {
      for (let i = 0; i < n; i++) {
        const v = f64[(z >>> 3) + i]!;
        const d = f64[(da >>> 3) + i]!;
        f64[(dz >>> 3) + i] = v > 0 ? d : alpha * exp(v) * d;
      }
    },
  };
}
