import type { BestClaim } from "../definition/claim.js";
import { momentText, valueAt } from "./moment.js";
import { rangeText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

export function judgeBest({ best, of, at }: BestClaim, records: RecordsByArm): Verdict {
  const own = records.get(best) ?? [];
  const values = own.map((record) => valueAt(record, of, at));
  const rivals = own.map(({ seed }) => {
    const others = [...records].flatMap(([arm, runs]) => (arm === best ? [] : runs.filter((run) => run.seed === seed)));
    return Math.max(...others.map((record) => valueAt(record, of, at)));
  });
  return {
    claim: `${best}: ${of} ${momentText(at)}`,
    expected: "largest of all arms",
    measured: `${rangeText(values)}, next best ${rangeText(rivals)}`,
    holds: own.length > 0 && values.every((value, i) => value > rivals[i]!),
  };
}
