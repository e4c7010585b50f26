import type { Moment } from "../definition/claim.js";
import type { Row, RunRecord } from "../record.js";

/** Whether the run got to `step`, or was frozen before it by a stop of its own, or could not move any more. */
function covers({ outcome }: RunRecord, step: number): boolean {
  return (
    outcome.step >= step ||
    outcome.kind === "stationary-not-separated" ||
    outcome.kind === "stalled" ||
    (outcome.kind === "finished" && outcome.reason === "logRiskBelow")
  );
}

/** The row that a moment means; the last row at or before a step, so a frozen arm repeats its last row. A run that diverged has no end. */
function rowAt(record: RunRecord, probe: string, at: Moment): Row | undefined {
  const { rows } = record;
  if (at === "end") return record.outcome.kind === "diverged" ? undefined : rows.at(-1);
  if (typeof at === "number") return covers(record, at) ? rows.findLast((row) => row.step <= at) : undefined;
  const peaking = at === "peak" ? probe : at.peakOf;
  return rows.reduce<Row | undefined>((top, row) => (top === undefined || !(row[peaking]! <= top[peaking]!) ? row : top), undefined);
}

/** The probe's value at the moment; NaN if nothing was recorded there. */
export function valueAt(record: RunRecord, probe: string, at: Moment): number {
  return rowAt(record, probe, at)?.[probe] ?? Number.NaN;
}

/** "at step 1000", "at the end", "at its peak", "where margin.linf peaks" */
export function momentText(at: Moment): string {
  if (at === "end") return "at the end";
  if (at === "peak") return "at its peak";
  return typeof at === "number" ? `at step ${at}` : `where ${at.peakOf} peaks`;
}
