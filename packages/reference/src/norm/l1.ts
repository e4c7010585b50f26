import type { NormKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { copySign } from "../scalar/bits.js";
import { extremeKernels } from "../vector/reductions.js";

/** The direction of coordinate descent, and the projection by a full sort where the binary pops a heap. */
export function l1Kernels(memory: Memory): Pick<NormKernels, "lmoL1" | "projectL1"> {
  const { f64 } = memory;
  const { argmaxAbs } = extremeKernels(memory);

  return {
    lmoL1(g, out, n) {
      const j = argmaxAbs(g, n);
      const steepest = f64[(g >>> 3) + j]!;
      f64.fill(0, out >>> 3, (out >>> 3) + n);
      if (j >= 0) f64[(out >>> 3) + j] = steepest === 0 ? 0 : -Math.sign(steepest);
    },
    projectL1(x, out, n, radius, scratch) {
      const [source, target] = [x >>> 3, out >>> 3];
      const sorted = f64.subarray(scratch >>> 3, (scratch >>> 3) + n);
      for (let i = 0; i < n; i++) sorted[i] = Math.abs(f64[source + i]!);
      sorted.sort().reverse(); // NaN first
      const tau = Number.isNaN(sorted[0]) ? Number.NaN : softThreshold(sorted, radius);
      for (let i = 0; i < n; i++) {
        const value = f64[source + i]!;
        f64[target + i] = tau <= 0 ? value : copySign(Math.max(Math.abs(value) - tau, 0), value);
      }
    },
  };
}

/** τ = (Σ of the k largest − radius) / k, with the k that counts up from 1 while the k-th exceeds its τ; not positive if the sum is within the radius. */
function softThreshold(decreasing: Float64Array, radius: number): number {
  let [sum, tau] = [0, 0];
  for (const [index, kth] of decreasing.entries()) {
    sum += kth;
    const candidate = (sum - radius) / (index + 1);
    if (index > 0 && !(kth > candidate)) break;
    tau = candidate;
  }
  return sum <= radius ? 0 : tau;
}
