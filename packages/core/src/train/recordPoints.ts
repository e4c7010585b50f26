import type { Kernels } from "@steepest/kernels";
import { refuseUnknownKeys } from "../knownKeys.js";
import { requireInteger } from "../require.js";

export interface RecordSchedule {
  /** Points per factor of ten in the step number. */
  readonly perDecade: number;
  /** Further steps to record. */
  readonly at?: readonly number[];
}

/**
 * Which steps are recorded: 0, the integers nearest to 10^(k / perDecade), and those asked for. Increasing; computed with our own exp, so the same everywhere.
 */
export function recordPoints(kernels: Kernels, schedule: RecordSchedule): { isDue(step: number): boolean } {
  refuseUnknownKeys("record", schedule, { perDecade: true, at: true });
  requireInteger("record.perDecade", schedule.perDecade, 1);
  const extra = new Set(schedule.at?.map((step, i) => requireInteger(`record.at[${i}]`, step, 0)));
  const logTen = kernels.log(10);
  let k = 0;
  let next = 0;
  return {
    isDue: (step) => {
      while (next < step) {
        next = Math.max(next, Math.round(kernels.exp((k / schedule.perDecade) * logTen)));
        k++;
      }
      return step === next || extra.has(step);
    },
  };
}
