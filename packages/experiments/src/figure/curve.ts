import type { PanelDefinition } from "../definition/definition.js";
import type { Recording } from "../record.js";

/** Mean and range over seeds at one step. */
export interface CurvePoint {
  readonly arm: string;
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The value that the arm stands at: its last row at or before `step`; a frozen arm repeats its last row. */
function standing({ rows }: Recording, probe: string, step: number): number {
  return rows.findLast((row) => row.step <= step)?.[probe] ?? Number.NaN;
}

/**
 * The curve of one arm up to `lastStep`, at every step that some seed recorded. Steps at which a seed has no finite value, or none that a logarithmic
 * axis can show, are left out; step 0 has no place on a logarithmic step axis.
 */
export function curve(label: string, runs: readonly Recording[], { probe, scale }: PanelDefinition, lastStep: number): CurvePoint[] {
  if (runs.length === 0) return [];
  const steps = [...new Set([...runs.flatMap(({ rows }) => rows.map(({ step }) => step)), lastStep])].filter((step) => step > 0);
  return steps
    .sort((a, b) => a - b)
    .flatMap((step) => {
      const values = runs.map((run) => standing(run, probe, step));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const low = Math.min(...values);
      if (!Number.isFinite(mean) || (scale === "log" && !(low > 0))) return [];
      return [{ arm: label, step, mean, low, high: Math.max(...values) }];
    });
}
