import type { Kernels, Span } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import { l1 } from "../norm/l1.js";
import { linf } from "../norm/linf.js";
import type { Norm } from "../norm/norm.js";
import { rootOf } from "../norm/rootOf.js";
import type { Expectation, Optimizer } from "./optimizer.js";

/** out ← u with ||u|| <= 1 and <g, u> <= -(1 - delta) ||g||_*. */
type Smooth = (kernels: Kernels, g: Span, out: Span, delta: number) => void;

/** uⱼ = -sign(gⱼ) wⱼ / Σ w,  wⱼ = max(|gⱼ| - (1 - delta) max |g|, 0): all coordinates that nearly tie. */
const nearTies: Smooth = (kernels, g, out, delta) => {
  const n = g.length;
  const largest = kernels.maxAbs(g.ptr, n);
  kernels.projectLinf(g.ptr, out.ptr, n, (1 - delta) * largest);
  kernels.axpby(g.ptr, out.ptr, n, 1, -1);
  const sum = kernels.sumAbs(out.ptr, n);
  if (sum === 0) kernels.lmoL1(g.ptr, out.ptr, n);
  else kernels.lmoL2(out.ptr, out.ptr, n, 1, sum); // -out / sum
};

/** u = -clip(g / τ, -1, 1),  τ <= max |g| the largest with Σⱼ |gⱼ| min(1, |gⱼ| / τ) >= (1 - delta) ||g||₁: small entries move less. */
const clipped: Smooth = (kernels, g, out, delta) => {
  const n = g.length;
  const largest = kernels.maxAbs(g.ptr, n);
  if (!(largest > 0 && largest < Infinity) || delta <= 0) {
    kernels.lmoLinf(g.ptr, out.ptr, n);
    return;
  }
  const wanted = (1 - delta) * kernels.sumAbs(g.ptr, n);
  const surplus = (tau: number): number => {
    kernels.projectLinf(g.ptr, out.ptr, n, tau);
    return kernels.dot(g.ptr, out.ptr, n) / tau - wanted;
  };
  const tau = surplus(largest) >= 0 ? largest : rootOf(surplus, largest * 2 ** -60, largest);
  kernels.projectLinf(g.ptr, out.ptr, n, tau);
  kernels.lmoL2(out.ptr, out.ptr, n, 1, tau); // -out / τ
};

const smooth: ReadonlyMap<Norm, Smooth> = new Map([
  [l1, nearTies],
  [linf, clipped],
]);

/**
 * Steepest descent along a smoothed direction u: any u of the unit ball with <g, u> <= -(1 - δ) ||g||_* keeps the soft margin rising along the flow as
 * long as δ <= 1 - a, a = <-g, θ> / (||g||_* ||θ||) the alignment. Here δ = (1 - max(a, 0)) / 2.
 *
 * Coordinate descent on ReLU networks is practical only like this: it spreads over coordinates that nearly tie.
 * Source: ours; it follows from Tsilivis et al., JMLR 27 (2026), proof of theorem 1.
 *
 * @throws DefinitionError  unless the norm is l1 or linf
 */
export function smoothedSteepest(norm: Norm, normalized: boolean, expectation: Expectation): Optimizer {
  const direct = smooth.get(norm);
  if (!direct) {
    throw new DefinitionError(`steepestDescent.smoothing: the norm ${norm.id} has no smoothed direction, expected l1 or linf`, {
      path: "smoothing",
      value: "alignment",
      hint: 'set smoothing: "none"',
    });
  }
  return {
    id: "steepest",
    ownNorm: norm,
    expectation,
    lengthUnit: normalized ? "unit" : "gradient",
    needsEveryWeight: true, // the alignment is that of the whole θ
    plan: (plan, shape) => planNorm(plan, norm, shape),
    bind: ({ kernels, arena, shape, theta, ghat, direction }) => {
      const bound = bindNormIn(arena, norm, shape);
      let frame = Number.NaN;
      let dual = Number.NaN;
      return {
        aim: (logRisk) => {
          frame = logRisk;
          dual = bound.dualNorm(ghat);
          const product = dual * bound.norm(theta);
          const alignment = product === 0 ? 0 : -kernels.dot(ghat.ptr, theta.ptr, theta.length) / product;
          direct(kernels, ghat, direction, 0.5 * (1 - Math.max(alignment, 0)));
        },
        move: ({ size, logScale }) => {
          const length = size * (normalized ? kernels.exp(logScale) : kernels.exp(frame + logScale) * dual);
          kernels.axpy(direction.ptr, theta.ptr, theta.length, length);
          return length;
        },
      };
    },
  };
}
