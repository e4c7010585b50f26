import type { MonotoneClaim } from "../definition/claim.js";
import type { Row, RunRecord } from "../record.js";
import { numberText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

function startOf({ rows, perfectAccuracyStep, separationStep }: RunRecord, after: MonotoneClaim["after"]): readonly Row[] {
  if (typeof after === "object") return rows.slice(rows.findIndex((row) => row.logRisk! < after.logRiskBelow) >>> 0);
  const from = after === "separation" ? separationStep : perfectAccuracyStep;
  return from === undefined ? [] : rows.filter((row) => row.step >= from);
}

/** The largest relative fall from one recorded row to the next; NaN if there are no two rows to compare. */
function worstFall(rows: readonly Row[], probe: string): number {
  let worst = rows.length < 2 ? Number.NaN : -Infinity;
  for (let i = 1; i < rows.length; i++) worst = Math.max(worst, (rows[i - 1]![probe]! - rows[i]![probe]!) / Math.abs(rows[i - 1]![probe]!));
  return worst;
}

export function judgeMonotone({ arm, probe, after, relativeSlack }: MonotoneClaim, records: RecordsByArm): Verdict {
  const falls = (records.get(arm) ?? []).map((record) => worstFall(startOf(record, after), probe));
  const worst = falls.reduce((a, b) => Math.max(a, b), -Infinity);
  const since = typeof after === "object" ? `log risk < ${after.logRiskBelow}` : after === "separation" ? "separation" : "perfect accuracy";
  return {
    claim: `${arm}: ${probe} never falls after ${since}`,
    expected: `falls by at most ${numberText(relativeSlack)} of its value`,
    measured: Number.isNaN(worst) || falls.length === 0 ? "not reached" : worst <= 0 ? "never fell" : `fell by ${numberText(worst)}`,
    holds: worst <= relativeSlack && falls.length > 0,
  };
}
