import type { MonotoneClaim } from "../definition/claim.js";
import type { Row } from "../record/row.js";
import type { RunRecord } from "../record/runRecord.js";
import { numberText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

function startOf({ rows, perfectAccuracyStep, separationStep }: RunRecord, after: MonotoneClaim["after"]): readonly Row[] {
  if (typeof after === "object") return rows.slice(rows.findIndex((row) => row.logRisk! < after.logRiskBelow) >>> 0);
  const from = after === "separation" ? separationStep : perfectAccuracyStep;
  return from === undefined ? [] : rows.filter((row) => row.step >= from);
}

/** A fall from one recorded row to the next, relative to the value before. */
interface Fall {
  readonly from: number;
  readonly to: number;
  /** (from - to) / |from|; 0 where it did not fall. From 0, and from infinity, every fall is an infinite part of the value. */
  readonly share: number;
}

function fallBetween(from: number, to: number): Fall {
  return { from, to, share: to >= from ? 0 : shareLost(from, to) }; // decided before the division: a curve that stays at 0 does not fall
}

function shareLost(from: number, to: number): number {
  const size = Math.abs(from);
  if (size === 0 || size === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const lost = from - to;
  return Number.isFinite(lost) ? lost / size : (from / 2 - to / 2) / (size / 2);
}

/** The largest fall; without one, the reason: a row without a value leaves open whether the curve fell there. */
function worstFall(rows: readonly Row[], probe: string): Fall | { readonly missing: string } {
  const gap = rows.find((row) => Number.isNaN(row[probe] ?? Number.NaN));
  if (gap) return { missing: `no value at step ${gap.step}` };
  if (rows.length < 2) return { missing: "not reached" };
  return rows
    .slice(1)
    .map((row, i) => fallBetween(rows[i]![probe]!, row[probe]!))
    .reduce((worst, fall) => (fall.share > worst.share ? fall : worst));
}

function fallText({ from, to, share }: Fall): string {
  if (share === 0) return "never fell";
  return Number.isFinite(share) ? `fell by ${numberText(share)}` : `fell from ${numberText(from)} to ${numberText(to)}`;
}

export function judgeMonotone({ arm, probe, after, relativeSlack }: MonotoneClaim, records: RecordsByArm): Verdict {
  const found = (records.get(arm) ?? []).map((record) => worstFall(startOf(record, after), probe));
  const missing = found.find((fall) => "missing" in fall);
  const falls = found.filter((fall) => "share" in fall);
  const worst = falls.reduce<Fall | undefined>((top, fall) => (top && top.share >= fall.share ? top : fall), undefined);
  const since = typeof after === "object" ? `log risk < ${after.logRiskBelow}` : after === "separation" ? "separation" : "perfect accuracy";
  return {
    claim: `${arm}: ${probe} never falls after ${since}`,
    expected: `falls by at most ${numberText(relativeSlack)} of its value`,
    measured: missing?.missing ?? (worst ? fallText(worst) : "not reached"),
    holds: missing === undefined && worst !== undefined && worst.share <= relativeSlack,
  };
}
