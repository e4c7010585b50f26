import type { BestClaim } from "../definition/claim.js";
import { carriedText, momentText, valueAt } from "./moment.js";
import { rangeText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

/** The largest of the rivals' values; NaN if one of them has none, since it has not been beaten, and if there is no rival. */
function nextBest(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.max(...values);
}

export function judgeBest({ best, of, at, among }: BestClaim, records: RecordsByArm): Verdict {
  const own = records.get(best) ?? [];
  const values = own.map((record) => valueAt(record, of, at));
  const rivals = [...records].filter(([arm]) => arm !== best && (among === undefined || among.includes(arm)));
  const nexts = own.map((_, i) => nextBest(rivals.map(([, runs]) => valueAt(runs[i]!, of, at))));
  const beaten = nexts.flatMap((best, i) => rivals.map(([, runs]) => runs[i]!).filter((run) => valueAt(run, of, at) === best));
  const carried = carriedText(beaten, of, at);
  const next = `next best ${rangeText(nexts)}${carried}`;
  return {
    claim: `${best}: ${of} ${momentText(at)}`,
    expected: among === undefined ? "largest of all arms" : `larger than ${among.filter((arm) => arm !== best).join(", ")}`,
    measured: `${rangeText(values)}${carriedText(own, of, at)}, ${rivals.length === 0 ? "nothing to compare with" : next}`,
    holds: own.length > 0 && values.every((value, i) => value > nexts[i]!),
  };
}
