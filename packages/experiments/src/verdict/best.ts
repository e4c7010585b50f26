import type { BestClaim } from "../definition/claim.js";
import { momentText, valueAt } from "./moment.js";
import { rangeText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

export function judgeBest({ best, of, at, among }: BestClaim, records: RecordsByArm): Verdict {
  const own = records.get(best) ?? [];
  const values = own.map((record) => valueAt(record, of, at));
  const rivals = own.map(({ seed }) => {
    const others = [...records].flatMap(([arm, runs]) => {
      const isRival = arm !== best && (among === undefined || among.includes(arm));
      return isRival ? runs.filter((run) => run.seed === seed) : [];
    });
    return Math.max(...others.map((record) => valueAt(record, of, at)));
  });
  return {
    claim: `${best}: ${of} ${momentText(at)}`,
    expected: among === undefined ? "largest of all arms" : `larger than ${among.filter((arm) => arm !== best).join(", ")}`,
    measured: `${rangeText(values)}, next best ${rangeText(rivals)}`,
    holds: own.length > 0 && values.every((value, i) => value > rivals[i]!),
  };
}
