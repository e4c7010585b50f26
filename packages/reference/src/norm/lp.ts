import type { NormKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exp } from "../scalar/exp.js";
import { expm1 } from "../scalar/expm1.js";
import { log } from "../scalar/log.js";
import { log1p } from "../scalar/log1p.js";

const maxIterations = 100;
const smallestRatio = 2 ** -1000;

/** The pieces of projections onto ℓp balls: gaps of the entries below the largest, the shares that these give, and the parts themselves. */
export function lpKernels({ f64 }: Memory): Pick<NormKernels, "lpLogGaps" | "lpShareGaps" | "lpPart"> {
  return {
    lpLogGaps(x, out, n, largest) {
      for (let i = 0; i < n; i++) f64[(out >>> 3) + i] = logGap(Math.abs(f64[(x >>> 3) + i]!), largest);
    },
    lpShareGaps(gaps, out, n, low, fast, slow) {
      const deltaOf = shareGaps(low, fast, slow);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const delta = deltaOf(f64[(gaps >>> 3) + i]!);
        f64[(out >>> 3) + i] = delta;
        sum += exp(-delta);
      }
      return sum;
    },
    lpPart(x, delta, out, n, exponent, first, ratio) {
      const rate = 2 * exponent - 1;
      for (let i = 0; i < n; i++) {
        const v = f64[(x >>> 3) + i]!;
        const gap = f64[(delta >>> 3) + i]!;
        const other = ratio === 0 ? 0 : ratio * exp(rate * gap);
        const root = exp(-0.5 * exponent * gap);
        const u = other <= 1 ? Math.abs(v) / (1 + other) : first * root * root;
        f64[(out >>> 3) + i] = v === 0 ? 0 : v < 0 ? -u : u;
      }
    },
  };
}

function logGap(a: number, largest: number): number {
  const ratio = a / largest;
  if (ratio > 0.5) return 0 - log1p((a - largest) / largest);
  return ratio >= smallestRatio ? -log(ratio) : log(largest) - log(a);
}

/** g ↦ the δ with low δ − log(slow + fast e^(−spread δ)) = g: Newton on a concave function, from the left. */
function shareGaps(low: number, fast: number, slow: number): (gap: number) => number {
  const spread = 1 - 2 * low;
  const steepest = low + spread * fast;
  const logSlow = log(slow);
  const newton = (delta: number, gap: number): number => {
    const z = -spread * delta;
    const drop = -fast * expm1(z);
    const left = fast * exp(z);
    const rest = slow + left;
    const h = low * delta - (drop < 0.5 ? log1p(-drop) : log(rest));
    return delta - (h - gap) / (low + spread * (left / rest));
  };
  return (gap) => {
    if (slow === 0) return gap / (low + spread);
    if (!(gap > 0 && gap < Number.POSITIVE_INFINITY)) return gap;
    let delta = newton(Math.max(gap / steepest, (gap + logSlow) / low), gap);
    for (let i = 1; i < maxIterations; ++i) {
      const next = newton(delta, gap);
      if (!(next > delta)) break;
      delta = next;
    }
    return delta;
  };
}
