import { knownOptions } from "../knownKeys.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import { recorded } from "../recipe.js";
import { requireAbove, requireInteger } from "../require.js";
import { requirePart } from "../requirePart.js";
import { type Optimizer, optimizerPart } from "./optimizer.js";

export interface ProgressiveRescalingOptions {
  /** Every `period` steps one step rescales instead of descending; at least 2, since with 1 no step would descend. */
  readonly period: number;
  /** The radius grows by this factor at every rescaling; > 1. */
  readonly growth: number;
}

const leastPeriod = 2;

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
    expectation: {
      margin: optimizer.expectation.margin,
      source: "Wang, Min & Wu, arXiv:2311.14387, for l2 and linear models; for homogeneous networks theory is silent",
    },
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
      let t = -1;
      let radius = 0; // none yet
      let isRescaling = false;
      return {
        ...bound,
        rescales: true,
        hasRescaled: () => isRescaling,
        aim: (logRisk) => {
          t++;
          const isDue = t > 0 && t % period === 0;
          if (radius === 0 && (t === 0 || isDue)) radius = norm(theta);
          isRescaling = isDue && radius > 0;
          if (isRescaling) radius *= growth;
          bound.aim(logRisk);
        },
        move: (stepSize) => {
          if (isRescaling) {
            kernels.scale(theta.ptr, theta.ptr, theta.length, radius / norm(theta));
            return 0;
          }
          const length = bound.move(stepSize);
          if (radius > 0) {
            projectBall(theta, projected, radius);
            kernels.scale(projected.ptr, theta.ptr, theta.length, 1);
          }
          return length;
        },
      };
    },
  });
}
