import type { PanelDefinition } from "../definition/panel.js";
import type { Recording } from "../record/runRecord.js";

/** Mean and range over seeds at one step. */
export interface CurvePoint {
  readonly arm: string;
  /** Points of one part are joined; between two parts of an arm there is nothing to draw. */
  readonly part: number;
  readonly step: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Largest value of a linear axis: beyond it the ends would be further apart than the largest double. */
const mostLinear = 8e307;

/**
 * The value of the arm at a step: in its last row at or before `step`; a frozen arm repeats its last row, a diverged one has no value after it, and none has
 * one deeper than it came.
 */
function standing({ rows, outcome }: Recording, { probe, over }: PanelDefinition, step: number): number {
  const row = rows.findLast((row) => row.step <= step);
  const isOver = (outcome?.kind === "diverged" || over === "depth") && row === rows.at(-1) && row?.step !== step;
  return isOver ? Number.NaN : (row?.[probe] ?? Number.NaN);
}

function meanOf(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return Number.isFinite(sum) ? sum / values.length : values.reduce((total, value) => total + value / values.length, 0);
}

/**
 * The curve of one arm up to `lastStep`, at every step that some seed recorded. Steps at which a seed has no finite value, or none that a logarithmic
 * axis can show, are left out, and the curve is interrupted there; step 0 has no place on a logarithmic step axis.
 */
export function curve(label: string, runs: readonly Recording[], which: PanelDefinition, lastStep: number): CurvePoint[] {
  const { scale } = which;
  if (runs.length === 0) return [];
  const steps = [...new Set([...runs.flatMap(({ rows }) => rows.map(({ step }) => step)), lastStep])].filter((step) => step > 0);
  const shown = (value: number): number => (scale === "linear" ? Math.max(-mostLinear, Math.min(mostLinear, value)) : value);
  let part = 0;
  return steps
    .sort((a, b) => a - b)
    .flatMap((step) => {
      const values = runs.map((run) => standing(run, which, step));
      const low = Math.min(...values);
      const isShown = values.every(Number.isFinite) && (scale !== "log" || low > 0);
      if (!isShown) part++;
      return isShown ? [{ arm: label, part, step, mean: shown(meanOf(values)), low: shown(low), high: shown(Math.max(...values)) }] : [];
    });
}
