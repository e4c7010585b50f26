import type { SlopeClaim } from "../definition/claim.js";
import type { Row } from "../record/row.js";
import { numberText, rangeText } from "./numberText.js";
import { meanOf } from "./reference.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

/** The slope of a weighted sum of probes over the logarithm of the step; the mean over all seeds, of which one without a value leaves none. */
export function judgeSlope({ arm, slopeOf, from, near, within, published }: SlopeClaim, records: RecordsByArm): Verdict {
  const slopes = (records.get(arm) ?? []).map(({ rows }) =>
    slopeOver(
      rows.filter(({ step }) => step >= from),
      slopeOf,
    ),
  );
  const mean = meanOf(slopes);
  const terms = Object.entries(slopeOf).map(([probe, times]) => (times === 1 ? probe : `${numberText(times)} x ${probe}`));
  return {
    claim: `${arm}: slope of ${terms.join(" + ")} from step ${from} on`,
    expected: `${published === undefined ? "" : `published ${numberText(published)}, `}within ${numberText(within)} of ${numberText(near)}`,
    measured: slopes.some(Number.isNaN) || slopes.length < 2 ? rangeText(slopes) : `${numberText(mean)}, the mean of ${rangeText(slopes)}`,
    holds: Math.abs(mean - near) <= within,
  };
}

/** The slope of the least-squares line through the rows; NaN where one of them has no value, or where there are fewer than two. */
function slopeOver(rows: readonly Row[], weights: SlopeClaim["slopeOf"]): number {
  const points = rows.map((row) => ({
    x: Math.log(row.step),
    y: Object.entries(weights).reduce((sum, [probe, times]) => sum + times * (row[probe] ?? Number.NaN), 0),
  }));
  const [x, y] = [meanOf(points.map((point) => point.x)), meanOf(points.map((point) => point.y))];
  const moment = (of: (point: { readonly x: number; readonly y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0);
  return moment((point) => (point.x - x) * (point.y - y)) / moment((point) => (point.x - x) ** 2);
}
