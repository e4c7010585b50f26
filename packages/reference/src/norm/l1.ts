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
      const largest = n === 0 ? 0 : sorted[0]!;
      const top = largestPart(sorted, largest, radius);
      for (let i = 0; i < n; i++) {
        const value = f64[source + i]!;
        f64[target + i] = top >= largest ? value : copySign(Math.max(top - (largest - Math.abs(value)), 0), value);
      }
    },
  };
}

/** σ = (radius + Σ of the k smallest gaps to the largest) / k, with the k that counts up from 1 while the next gap is below its σ; `largest` inside the ball. */
function largestPart(decreasing: Float64Array, largest: number, radius: number): number {
  if (Number.isNaN(largest)) return Number.NaN;
  let [sum, gaps, top] = [0, 0, radius];
  for (const [index, kth] of decreasing.entries()) {
    sum += kth;
    if (index > 0 && !(largest - kth < top)) break;
    gaps += largest - kth;
    top = (radius + gaps) / (index + 1);
  }
  return sum <= radius ? largest : top;
}
