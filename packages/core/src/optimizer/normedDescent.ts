import type { Direction } from "../direction/direction.js";
import { bindNormIn, planNorm } from "../norm/boundNorm.js";
import type { Norm } from "../norm/norm.js";
import { lossFrame } from "./lossFrame.js";
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
 * An optimiser that consists of a memory m of gradients and a step along its steepest direction d in a norm, as most optimisers do.
 *
 *   θ ← θ + η e^u ||m||_* d(m)      normalised: θ ← θ + η d(m)      e^u m the remembered vector, u the memory's unit
 */
export function normedDescent({ id, norm, memory, direction, normalized, expectation }: NormedDescent): Optimizer {
  const needsNorm = direction === undefined || !normalized;
  return {
    id,
    ownNorm: norm,
    expectation,
    decompositions: direction ? (direction.decompositions ?? []) : norm.decomposes ? ["polar"] : [],
    lengthUnit: normalized ? "unit" : "gradient",
    plan: (plan, shape) => {
      memory.plan(plan, shape.length);
      if (direction) plan.region(direction.scratch(shape));
      if (needsNorm) planNorm(plan, norm, shape);
    },
    bind: ({ kernels, arena, shape, theta, ghat, direction: out }) => {
      const { update, value, carry } = memory.bind({ kernels, arena, ghat });
      const chosen = direction?.bind(kernels, shape, arena.region(direction.scratch(shape)));
      const bound = needsNorm ? bindNormIn(arena, norm, shape) : undefined;
      const mapped = chosen || normalized ? undefined : bound!.dualityMap;
      const aimAt = chosen ?? mapped ?? bound!.lmo;
      const moveFrame = lossFrame(kernels, memory.slowest);
      let logUnit = Number.NaN; // of what is remembered
      let dual: number | undefined; // asked for once per step, however often the step is taken back
      return {
        carry: (carrier) => {
          moveFrame.carry(carrier);
          carry(carrier.at("memory"));
          chosen?.carry?.(carrier.at("direction"));
        },
        aim: (logRisk) => {
          const move = moveFrame(logRisk);
          update(move);
          logUnit = memory.unit === "frame" ? move.frame : logRisk;
          dual = normalized || mapped ? 1 : undefined;
          aimAt(value, out);
        },
        move: ({ size, logScale }) => {
          dual ??= bound!.dualNorm(value);
          const length = size * dual * kernels.exp(normalized ? logScale : logUnit + logScale);
          kernels.axpy(out.ptr, theta.ptr, theta.length, length);
          return length;
        },
      };
    },
  };
}
