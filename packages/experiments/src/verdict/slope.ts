import type { SlopeClaim } from "../definition/claim.js";
import type { Row } from "../record/row.js";
import { leastSquaresSlope } from "./leastSquaresSlope.js";
import { numberText } from "./numberText.js";
import { meanOf, meanText } from "./reference.js";
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
    measured: meanText(slopes),
    holds: Math.abs(mean - near) <= within,
  };
}

/** The slope of a weighted sum of probes over the logarithm of the step. */
function slopeOver(rows: readonly Row[], weights: SlopeClaim["slopeOf"]): number {
  return leastSquaresSlope(
    rows.map((row) => ({
      x: Math.log(row.step),
      y: Object.entries(weights).reduce((sum, [probe, times]) => sum + times * (row[probe] ?? Number.NaN), 0),
    })),
  );
}
