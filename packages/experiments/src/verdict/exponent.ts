import type { ExponentClaim } from "../definition/claim.js";
import type { RunRecord } from "../record/runRecord.js";
import { leastSquaresSlope } from "./leastSquaresSlope.js";
import { numberText } from "./numberText.js";
import { meanOf, meanText } from "./reference.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

/** The power of the depth with which a probe tends to its limit; the mean over all seeds, of which one without a value leaves none. */
export function judgeExponent(claim: ExponentClaim, records: RecordsByArm): Verdict {
  const { arm, exponentOf, limit = 0, from, near, within } = claim;
  const exponents = (records.get(arm) ?? []).map((record) => exponentOver(record, claim));
  const what = limit === 0 ? exponentOf : `|${exponentOf} - ${numberText(limit)}|`;
  return {
    claim: `${arm}: exponent of ${what} over -log R from a log risk of ${numberText(from.logRiskBelow)} on`,
    expected: `within ${numberText(within)} of ${numberText(near)}`,
    measured: meanText(exponents),
    holds: Math.abs(meanOf(exponents) - near) <= within,
  };
}

/** The slope of log |probe - limit| over log(-log R); NaN where a row from the log risk on has no value, is at its limit, or has a risk of 1 or more. */
function exponentOver({ rows }: RunRecord, { exponentOf, limit = 0, from }: ExponentClaim): number {
  const first = rows.findIndex((row) => row.logRisk! < from.logRiskBelow);
  if (first < 0) return Number.NaN;
  return leastSquaresSlope(
    rows.slice(first).map((row) => ({
      x: Math.log(-row.logRisk!),
      y: Math.log(Math.abs((row[exponentOf] ?? Number.NaN) - limit)),
    })),
  );
}
