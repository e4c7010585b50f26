import type { BestClaim } from "../definition/claim.js";
import { carriedText, momentText, valueAt } from "./moment.js";
import { comparedTexts, tieText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

/** The largest of the rivals' values; NaN if there is no rival, or if one has no value, since that one has not been beaten. */
function nextBest(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.max(...values);
}

export function judgeBest({ best, of, at, among }: BestClaim, records: RecordsByArm): Verdict {
  const own = records.get(best) ?? [];
  const values = own.map((record) => valueAt(record, of, at));
  const rivals = [...records].filter(([arm]) => arm !== best && (among === undefined || among.includes(arm)));
  const nexts = own.map((_, i) => nextBest(rivals.map(([, runs]) => valueAt(runs[i]!, of, at))));
  const [mine, next] = comparedTexts(values, nexts);
  const beaten = nexts.flatMap((best, i) => rivals.map(([, runs]) => runs[i]!).filter((run) => valueAt(run, of, at) === best));
  const measured = `${mine}${carriedText(own, of, at)}`;
  return {
    claim: `${best}: ${of} ${momentText(at)}`,
    expected: among === undefined ? "largest of all arms" : `larger than ${among.filter((arm) => arm !== best).join(", ")}`,
    measured:
      rivals.length === 0
        ? `${measured}, nothing to compare with`
        : `${measured}, next best ${next}${carriedText(beaten, of, at)}${tieText(values, nexts)}`,
    holds: own.length > 0 && values.every((value, i) => value > nexts[i]!),
  };
}
