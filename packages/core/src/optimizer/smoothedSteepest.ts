import type { Kernels, Span } from "@steepest/kernels";
import { DefinitionError } from "../errors.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import { l1 } from "../norm/l1.js";
import { linf } from "../norm/linf.js";
import type { Norm } from "../norm/norm.js";
import { rootOf } from "../norm/rootOf.js";
import type { Expectation, Optimizer } from "./optimizer.js";

/** Below it 1 - δ is 1 up to rounding, and there is nothing to smooth. */
const leastDelta = 2 ** -50;

/** out ← u with ||u|| <= 1 and <g, u> <= -(1 - delta) ||g||_*, from d = -g / max |g|. */
type Smooth = (kernels: Kernels, d: Span, out: Span, delta: number) => void;

/** uⱼ = sign(dⱼ) wⱼ / Σ w,  wⱼ = max(|dⱼ| - (1 - delta), 0): all coordinates that nearly tie. */
const nearTies: Smooth = (kernels, d, out, delta) => {
  const n = d.length;
  kernels.projectLinf(d.ptr, out.ptr, n, 1 - delta);
  kernels.axpby(d.ptr, out.ptr, n, 1, -1);
  kernels.projectL2(out.ptr, out.ptr, n, 1, kernels.sumAbs(out.ptr, n), 1); // out / sum
};

/** u = clip(d / τ, -1, 1),  τ <= 1 the largest with Σⱼ |dⱼ| min(1, |dⱼ| / τ) >= (1 - delta) ||d||₁: small entries move less. */
const clipped: Smooth = (kernels, d, out, delta) => {
  const n = d.length;
  const wanted = (1 - delta) * kernels.sumAbs(d.ptr, n);
  const surplus = (tau: number): number => {
    kernels.projectLinf(d.ptr, out.ptr, n, tau);
    return kernels.dot(d.ptr, out.ptr, n) / tau - wanted;
  };
  const tau = surplus(1) >= 0 ? 1 : rootOf(surplus, 2 ** -60, 1);
  kernels.projectLinf(d.ptr, out.ptr, n, tau);
  kernels.projectL2(out.ptr, out.ptr, n, 1, tau, 1); // out / τ, which is 1 where it was clipped
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
    plan: (plan, shape) => {
      plan.span(shape.length);
      planNorm(plan, norm, shape);
    },
    bind: ({ kernels, arena, shape, theta, ghat, direction }) => {
      const bound = bindNormIn(arena, norm, shape);
      const downhill = arena.span(shape.length);
      let frame = Number.NaN;
      let dual = Number.NaN;
      return {
        aim: (logRisk) => {
          frame = logRisk;
          dual = bound.dualNorm(ghat);
          const largest = kernels.maxAbs(ghat.ptr, ghat.length);
          if (!(largest > 0 && largest < Infinity)) {
            bound.lmo(ghat, direction);
            return;
          }
          kernels.lmoL2(ghat.ptr, downhill.ptr, ghat.length, 1, largest); // -ghat / largest
          const size = bound.norm(theta);
          const alignment = size === 0 ? 0 : kernels.dot(downhill.ptr, theta.ptr, theta.length) / size / (dual / largest);
          const delta = 0.5 * (1 - Math.max(alignment, 0));
          if (delta > leastDelta) direct(kernels, downhill, direction, delta);
          else bound.lmo(ghat, direction);
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
