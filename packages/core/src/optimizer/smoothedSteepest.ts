import { DefinitionError } from "../error/errors.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import { smoothedNorms } from "../norm/registry.js";
import type { Expectation, Optimizer } from "./optimizer.js";

/** Below it 1 - δ is 1 up to rounding, and there is nothing to smooth. */
const leastDelta = 2 ** -50;

/**
 * Steepest descent along a smoothed direction u: any u of the unit ball with <g, u> <= -(1 - δ) ||g||_* keeps the soft margin rising along the flow as
 * long as δ <= 1 - a, a = <-g, θ> / (||g||_* ||θ||) the alignment. Here δ = (1 - max(a, 0)) / 2.
 *
 * Coordinate descent on ReLU networks is practical only like this: it spreads over coordinates that nearly tie.
 * Source: ours; it follows from Tsilivis et al., JMLR 27 (2026), proof of theorem 1.
 *
 * @throws DefinitionError  if the norm has no smoothed direction
 */
export function smoothedSteepest(norm: Norm, normalized: boolean, expectation: Expectation): Optimizer {
  const smoothed = norm.smoothDirection;
  if (!smoothed) {
    throw new DefinitionError(
      `steepestDescent.smoothing: the norm ${norm.id} has no smoothed direction, expected ${smoothedNorms.join(" or ")}`,
      {
        path: "smoothing",
        value: "alignment",
        hint: 'set smoothing: "none"',
      },
    );
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
        carry: () => {},
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
          if (delta > leastDelta) smoothed(kernels, downhill, direction, delta);
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
