import type { ExperimentDefinition } from "../definition/definition.js";
import type { RunRecord } from "../record/runRecord.js";
import { carriedText, valueAt } from "./moment.js";
import { meanOf } from "./reference.js";

/** A published value next to what was measured at its step. */
export interface PublishedPoint {
  readonly step: number;
  readonly published: number;
  /** The mean over the seeds; NaN if one of them has no value there. */
  readonly measured: number;
  /** measured / published; NaN where there is none. */
  readonly ratio: number;
  /** true: of some seed the value of an earlier row, since its run was frozen before that step, or recorded none there. Default false. */
  readonly carried?: true;
}

/** A published curve of the figure next to what was measured. */
export interface PublishedFinding {
  readonly arm: string;
  readonly probe: string;
  readonly points: readonly PublishedPoint[];
}

/**
 * Every published curve of the figure, panel by panel, whether a claim compares it or not.
 *
 * @param definition  its figure and seeds
 * @param records     the runs of the experiment
 * @returns one finding per curve
 */
export function publishedFindings({ figure, seeds }: ExperimentDefinition, records: readonly RunRecord[]): PublishedFinding[] {
  return figure.flatMap(({ probe, published = {} }) =>
    Object.entries(published).flatMap(([arm, values]): PublishedFinding[] => {
      if (values.length === 0) return [];
      const runs = seeds.map((seed) => records.find((record) => record.arm === arm && record.seed === seed));
      const made = runs.filter((run) => run !== undefined);
      const measuredAt = (step: number): number => meanOf(runs.map((run) => (run ? valueAt(run, probe, step) : Number.NaN)));
      const points = values.map(([step, value]): PublishedPoint => {
        const measured = measuredAt(step);
        const ratio = measured / value;
        const carried = carriedText(made, probe, step) !== "";
        return { step, published: value, measured, ratio: Number.isFinite(ratio) ? ratio : Number.NaN, ...(carried && { carried }) };
      });
      return [{ arm, probe, points }];
    }),
  );
}
