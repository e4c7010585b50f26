import type { Moment } from "../definition/claim.js";
import type { Row } from "../record/row.js";
import type { RunRecord } from "../record/runRecord.js";
import { numberText } from "./numberText.js";

/** True if the run reached `step`, was frozen before it by a stop of its own, or could not move any more. */
function covers({ outcome }: RunRecord, step: number): boolean {
  return (
    outcome.step >= step ||
    outcome.kind === "stationary-not-separated" ||
    outcome.kind === "stalled" ||
    (outcome.kind === "finished" && outcome.reason === "logRiskBelow")
  );
}

/** The first row with the largest value; rows without a value (NaN) are passed over, so the result is undefined only if no row has one. */
function peakOf(rows: readonly Row[], probe: string): Row | undefined {
  return rows.reduce<Row | undefined>((top, row) => {
    const value = row[probe] ?? Number.NaN;
    return !Number.isNaN(value) && (top === undefined || value > top[probe]!) ? row : top;
  }, undefined);
}

/**
 * The row of a moment, even one without a value: the last one (a run that diverged has no end), the last one at or before a step (a frozen arm
 * repeats its last row), the one where a probe peaks, or the first one below a log risk.
 */
function rowAt(record: RunRecord, probe: string, at: Moment): Row | undefined {
  const { rows } = record;
  if (at === "end") return record.outcome.kind === "diverged" ? undefined : rows.at(-1);
  if (typeof at === "number") return covers(record, at) ? rows.findLast((row) => row.step <= at) : undefined;
  if (at === "peak") return peakOf(rows, probe);
  return "peakOf" in at ? peakOf(rows, at.peakOf) : rows.find((row) => row.logRisk! < at.logRiskBelow);
}

/** The probe's value in the row of the moment; NaN if there is no such row, or no value in it. No other row stands in for it. */
export function valueAt(record: RunRecord, probe: string, at: Moment): number {
  return rowAt(record, probe, at)?.[probe] ?? Number.NaN;
}

/**
 * A clause such as ", carried from step 81": where a step is asked for and the value is that of an earlier row, because the run was frozen before it or did not
 * record it. Several runs give the range of these rows; it is empty where every value is that of the step itself.
 */
export function carriedText(records: readonly RunRecord[], probe: string, at: Moment): string {
  const earlier = records.flatMap((record) => {
    const row = rowAt(record, probe, at);
    return row && typeof at === "number" && row.step < at && !Number.isNaN(row[probe] ?? Number.NaN) ? [row.step] : [];
  });
  if (earlier.length === 0) return "";
  const [first, last] = [Math.min(...earlier), Math.max(...earlier)];
  return `, carried from step ${first === last ? first : `${first} .. ${last}`}`;
}

/** "at step 1000", "at the end", "at its peak", "where margin.linf peaks", "below a log risk of -100" */
export function momentText(at: Moment): string {
  if (at === "end") return "at the end";
  if (at === "peak") return "at its peak";
  if (typeof at === "number") return `at step ${at}`;
  return "peakOf" in at ? `where ${at.peakOf} peaks` : `below a log risk of ${numberText(at.logRiskBelow)}`;
}
