import { type Kernels, requireKernels } from "@steepest/kernels";
import { knownOptions } from "../check/knownKeys.js";
import { requireInteger, requireNonNegative, requireNumbers } from "../check/require.js";

export interface RecordSchedule {
  /** Points per factor of ten in the step number. */
  readonly perDecade: number;
  /** Further steps to record. */
  readonly at?: readonly number[];
}

/**
 * The schedule of recorded steps: 0, the integers nearest to 10^(k / perDecade), and those asked for. Increasing; computed with our own exp, so equal on every
 * engine.
 *
 * @param kernels   for the exponential
 * @param schedule  points per decade, and further steps
 * @returns an object whose `isDue` is true for the steps to record
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function recordPoints(kernels: Kernels, schedule: RecordSchedule): { isDue(step: number): boolean } {
  requireKernels("kernels", kernels);
  const extra = new Set(checkSchedule(schedule));
  const { perDecade } = schedule;
  const logTen = kernels.log(10);
  const pointAt = (k: number): number => Math.round(kernels.exp((k / perDecade) * logTen));
  let k = 0;
  return {
    isDue: (step) => {
      k = firstFrom(k, (later) => pointAt(later) >= step);
      return step === 0 || step === pointAt(k) || extra.has(step);
    },
  };
}

/** The further steps, after a check of the schedule. @throws DefinitionError */
function checkSchedule(schedule: RecordSchedule): readonly number[] {
  const { perDecade, at = [] } = knownOptions("record", schedule, { perDecade: true, at: true });
  requireInteger("record.perDecade", perDecade, 1);
  const steps = Array.from(requireNumbers("record.at", at));
  for (const [i, step] of steps.entries()) requireInteger(`record.at[${i}]`, step, 0);
  return steps;
}

/** The first integer from `start` on that holds, where every later one does too: by doubling, then halving, so that a fine schedule costs no more. */
function firstFrom(start: number, holds: (k: number) => boolean): number {
  if (holds(start)) return start;
  let [below, reach] = [start, 1];
  while (!holds(start + reach)) {
    below = start + reach;
    reach *= 2;
  }
  let above = start + reach;
  while (above - below > 1) {
    const middle = below + Math.floor((above - below) / 2);
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/**
 * An upper bound of how many steps up to `steps` are recorded.
 *
 * @param schedule  points per decade, and further steps
 * @param steps     the last step
 * @returns a number of rows
 */
export function mostRecordPoints(schedule: RecordSchedule, steps: number): number {
  const at = checkSchedule(schedule);
  const { perDecade } = schedule;
  if (steps !== Infinity) requireNonNegative("steps", steps);
  const spaced = perDecade * Math.log10(Math.max(steps, 1)) + 3;
  return Math.min(steps, spaced + at.length) + 1;
}
