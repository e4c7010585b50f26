import type { NormKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";

/** The direction of sign descent, and clamping. */
export function linfKernels({ f64 }: Memory): Pick<NormKernels, "lmoLinf" | "projectLinf"> {
  return {
    lmoLinf(g, out, n) {
      const [source, target] = [g >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) {
        const v = f64[source + i]!;
        f64[target + i] = v === 0 ? 0 : Number.isFinite(v) ? -Math.sign(v) : Number.NaN;
      }
    },
    projectLinf(x, out, n, radius) {
      const [source, target] = [x >>> 3, out >>> 3];
      for (let i = 0; i < n; i++) f64[target + i] = Math.min(Math.max(f64[source + i]!, -radius), radius);
    },
  };
}
