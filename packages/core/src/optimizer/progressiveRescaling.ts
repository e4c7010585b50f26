import { carriedBeside } from "../carry/carrier.js";
import { knownOptions } from "../check/knownKeys.js";
import { requireAbove, requireInteger } from "../check/require.js";
import { requirePart } from "../check/requirePart.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import { l2 } from "../norm/l2.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { type Optimizer, optimizerPart } from "./optimizer.js";
import { steepestDescent } from "./steepestDescent.js";

export interface ProgressiveRescalingOptions {
  /** Every `period` steps one step rescales instead of descending; at least 2, since with 1 no step would descend. */
  readonly period: number;
  /** The radius grows by this factor at every rescaling; > 1. */
  readonly growth: number;
}

const leastPeriod = 2;

const inL2 = "Wang, Min & Wu, arXiv:2311.14387, for l2 and linear models; for homogeneous networks theory is silent";
const inOthers =
  "theory is silent outside l2 (Wang, Min & Wu, arXiv:2311.14387): the Euclidean projection may hold θ away from the largest margin of another norm";

/**
 * Progressive norm rescaling around another optimiser (with gradient descent and the step rule lossBased: PRGD). In the optimiser's own norm:
 *
 *   at t = k period, k >= 1:  θ ← R_k θ / ||θ||,  R_k = growth^k R_0,  R_0 = ||θ|| at the start
 *   at all other steps:       the optimiser's step, then the projection onto the ball of radius R_k
 *
 * From θ = 0 there is no ball yet: the first period is a warm-up without projection, and R_0 is where it ends. (It is prolonged while θ = 0.)
 *
 * Between rescalings the norm is held, so that descent turns θ instead of growing it; rescaling then makes the softmax weights select the support.
 * Source: Wang, Min & Wu, arXiv:2311.14387, for ℓ2 and linear models, where the margin converges exponentially fast.
 *
 * In another norm the projection is still the Euclidean one, and a held θ need not be one of the largest margin. In ℓp with p other than 2 and ∞, where
 * -g is a multiple of the gradient of ||θ||, a steepest step goes along θ itself, and its projection does not come back to θ. On six samples in three
 * dimensions it ends about 1 % below the largest margin in ℓ3 and ℓ10, where steepest descent alone comes within 0.1 %.
 *
 * @param optimizer  the optimiser of the steps between two rescalings; its own norm is rescaled
 * @param options    the period in steps, and the factor by which the radius grows at each rescaling
 * @returns an optimiser whose own norm is that of `optimizer`
 * @throws DefinitionError  unless the period is an integer >= 2 and the growth > 1
 */
export function progressiveRescaling(optimizer: Optimizer, options: ProgressiveRescalingOptions): Optimizer {
  const { period, growth } = knownOptions("progressiveRescaling", options, { period: true, growth: true });
  requireInteger("period", period, leastPeriod);
  requireAbove("growth", growth, 1);
  const { ownNorm } = requirePart("optimizer", optimizer, optimizerPart);
  return recorded("progressiveRescaling", [optimizer, { period, growth }], {
    ...optimizer,
    id: "progressiveRescaling",
    expectation: ownNorm.id === l2.id ? { margin: optimizer.expectation.margin, source: inL2 } : { margin: undefined, source: inOthers },
    needsEveryWeight: true, // the norm is that of the whole θ
    plan: (plan, shape) => {
      optimizer.plan(plan, shape);
      planNorm(plan, ownNorm, shape);
      plan.span(shape.length);
    },
    bind: (context) => {
      const { kernels, arena, shape, theta } = context;
      const bound = optimizer.bind(context);
      const { norm, projectBall } = bindNormIn(arena, ownNorm, shape);
      const projected = arena.span(shape.length);
      const own = { t: -1, radius: 0 }; // no radius yet
      let isRescaling = false;
      return {
        ...bound,
        ...carriedBeside(bound, (carrier) => carrier.values(own)),
        rescales: true,
        hasRescaled: () => isRescaling,
        aim: (logRisk) => {
          own.t++;
          const isDue = own.t > 0 && own.t % period === 0;
          if (own.radius === 0 && (own.t === 0 || isDue)) own.radius = norm(theta);
          isRescaling = isDue && own.radius > 0;
          if (isRescaling) own.radius *= growth;
          bound.aim(logRisk);
        },
        move: (stepSize) => {
          if (isRescaling) {
            kernels.scale(theta.ptr, theta.ptr, theta.length, own.radius / norm(theta));
            return 0;
          }
          const length = bound.move(stepSize);
          if (own.radius > 0) {
            projectBall(theta, projected, own.radius);
            kernels.scale(projected.ptr, theta.ptr, theta.length, 1);
          }
          return length;
        },
      };
    },
  });
}

export const progressiveRescalingMember: OptimizerMember = {
  factory: "progressiveRescaling",
  make: progressiveRescaling,
  title: "progressive rescaling",
  examples: () => ({
    prgd: progressiveRescaling(steepestDescent({ norm: l2, normalized: false }), { period: 3, growth: 1.5 }),
  }),
};
