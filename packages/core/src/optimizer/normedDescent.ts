import type { Direction } from "../direction/direction.js";
import { steepest } from "../direction/steepest.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import type { Memory } from "./memory/memory.js";
import type { Expectation, Optimizer } from "./optimizer.js";

export interface NormedDescent {
  readonly id: string;
  readonly norm: Norm;
  readonly memory: Memory;
  /** The norm's steepest direction unless given. */
  readonly direction?: Direction;
  /** true: θ ← θ + η d(m). false: θ ← θ + η ||m||_* d(m). */
  readonly normalized: boolean;
  readonly expectation: Expectation;
}

/**
 * What most optimisers of the field are: a memory m of gradients, and a step along its steepest direction d in a norm.
 *
 *   θ ← θ + η e^s ||m||_* d(m)      normalised: θ ← θ + η d(m)      e^s m the remembered vector
 */
export function normedDescent({ id, norm, memory, direction = steepest(norm), normalized, expectation }: NormedDescent): Optimizer {
  return {
    id,
    ownNorm: norm,
    expectation,
    lengthUnit: normalized ? "unit" : "gradient",
    plan: (plan, shape) => {
      memory.plan(plan, shape.length);
      plan.scratch(direction.scratchBytes(shape));
      planNorm(plan, norm, shape);
    },
    bind: ({ kernels, arena, shape, theta, ghat, direction: out }) => {
      const { update, value } = memory.bind({ kernels, arena, ghat });
      const aimAt = direction.bind(kernels, shape, arena.scratch(direction.scratchBytes(shape)));
      const { dualNorm } = bindNormIn(arena, norm, shape);
      let frame = Number.NaN;
      return {
        aim: (logRisk) => {
          frame = update(logRisk);
          aimAt(value, out);
        },
        move: ({ size, logScale }) => {
          const length = size * (normalized ? kernels.exp(logScale) : kernels.exp(frame + logScale) * dualNorm(value));
          kernels.axpy(out.ptr, theta.ptr, theta.length, length);
          return length;
        },
      };
    },
  };
}
