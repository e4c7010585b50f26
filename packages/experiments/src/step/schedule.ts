import { field, integer, nonNegative, positive, ruled, type z } from "../definition/schema.js";
import { type StepSource, stepNumber } from "../pytorch/stepSource.js";

/** The fields of a step rule that falls along a curve. */
export const scheduleFields = () => ({
  size: field(positive(), "Size at the top.", { unit: "norm of the weights", example: 0.1 }),
  steps: field(integer(1), "Steps of the whole schedule, the warm-up included.", { unit: "steps", example: 1000 }),
  final: field(nonNegative(), "Size from then on, at most that at the top.", { unit: "norm of the weights", example: 0.001 })
    .optional()
    .meta({ default: 0 }),
  warmUp: field(integer(0), "Steps in which the size grows linearly to the top first, fewer than all.", { unit: "steps", example: 50 })
    .optional()
    .meta({ default: 0 }),
});

/** The schema with the rules that the warm-up is shorter than the schedule, and that sizes fall. */
export const checkedSchedule = <T extends z.ZodType>(schema: T): T =>
  ruled(schema, {
    problems: ({ size, steps, final, warmUp }) => [
      ...(typeof steps === "number" && typeof warmUp === "number" && warmUp >= steps
        ? [{ path: ["warmUp"], message: `must be below steps = ${steps}, got ${warmUp}` }]
        : []),
      ...(typeof size === "number" && typeof final === "number" && final > size
        ? [{ path: ["final"], message: `must be at most size = ${size}, got ${final}` }]
        : []),
    ],
  });

interface Schedule {
  readonly size: number;
  readonly steps: number;
  readonly final?: number | undefined;
  readonly warmUp?: number | undefined;
}

/** @param shape  a Python expression of `share`, from 1 at 0 to 0 at 1 */
export function scheduleSource({ size, steps, final = 0, warmUp = 0 }: Schedule, shape: string): StepSource {
  const [top, all, last, first] = [
    stepNumber("size", size),
    stepNumber("steps", steps),
    stepNumber("final", final),
    stepNumber("warmUp", warmUp),
  ];
  return {
    text: `def step_size(t, log_risk, seen, theta, ghat):
    if t < ${first}:
        return ${top} * (t + 1) / ${first}, 0.0
    share = min(1, (t - ${first}) / (${all} - ${first}))
    return ${last} + (${top} - ${last}) * ${shape}, 0.0`,
  };
}
