import { type KnownKeys, knownOptions } from "../check/knownKeys.js";
import { requireInteger, requireNonNegative, requirePositive } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import type { StepRule } from "./stepRule.js";

export interface ScheduleOptions {
  /** Size at the top, > 0. */
  readonly size: number;
  /** Steps of the whole schedule, the warm-up included. */
  readonly steps: number;
  /** Size from then on, from 0 to `size`. Default 0. */
  readonly final?: number;
  /** Steps in which the size grows linearly to the top first, fewer than `steps`. Default 0. */
  readonly warmUp?: number;
}

const keys: KnownKeys<ScheduleOptions> = {
  size: true,
  steps: ["T_max", "total_iters", "decay_steps"],
  final: ["eta_min", "alpha", "end_value"],
  warmUp: ["warmup_steps"],
};

/**
 * A rule whose size falls from the top to the final one along a curve, after a warm-up.
 *
 *   t < w: size (t + 1) / w      w <= t < T: final + (size - final) shape((t - w) / (T - w))      t >= T: final
 *
 * @param shape  falls from 1 at 0 to 0 at 1
 */
export function schedule(id: string, options: ScheduleOptions, shape: (share: number) => number): StepRule {
  const { size, steps, final = 0, warmUp = 0 } = knownOptions(id, options, keys);
  requirePositive("step.size", size);
  requireInteger("step.steps", steps, 1);
  requireNonNegative("step.final", final);
  if (final > size) {
    throw DefinitionError.at("step.final", `must be at most size = ${size}, got ${final}`, {
      value: final,
      hint: "use warmUp for sizes that grow",
    });
  }
  requireInteger("step.warmUp", warmUp, 0);
  if (warmUp >= steps) {
    throw new DefinitionError(`step.warmUp: must be below steps = ${steps}, got ${warmUp}`, { path: "step.warmUp", value: warmUp });
  }
  const at = (t: number): number => {
    if (t < warmUp) return (size * (t + 1)) / warmUp;
    return t < steps ? final + (size - final) * shape((t - warmUp) / (steps - warmUp)) : final;
  };
  return {
    id,
    appliesTo: "any",
    largestSize: size,
    remedy: { shorter: "a smaller size", longer: "a larger size" },
    start: () => ({ carry: () => {}, size: ({ step }) => ({ size: at(step), logScale: 0 }) }),
  };
}
