import type { ComparisonClaim, Quantity } from "../definition/claim.js";
import { momentText, valueAt } from "./moment.js";
import { numberText, rangeText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

const compare: Readonly<Record<ComparisonClaim["relation"], (a: number, b: number) => boolean>> = {
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};

/** Values by seed, so that each seed is compared with itself. */
function bySeed({ arm, probe, at }: Quantity, records: RecordsByArm): Map<number, number> {
  return new Map(records.get(arm)?.map((record) => [record.seed, valueAt(record, probe, at)]));
}

export function judgeComparison(claim: ComparisonClaim, records: RecordsByArm): Verdict {
  const { left, relation, right, factor = 1 } = claim;
  const lefts = bySeed(left, records);
  const rights = typeof right === "number" ? new Map([...lefts.keys()].map((seed) => [seed, right])) : bySeed(right, records);
  const seeds = [...lefts.keys()];
  const holds = seeds.length > 0 && seeds.every((seed) => compare[relation](lefts.get(seed)!, factor * (rights.get(seed) ?? Number.NaN)));
  const times = factor === 1 ? "" : `${numberText(factor)} x `;
  const sameProbe = typeof right !== "number" && right.probe === left.probe && right.arm !== left.arm;
  const rightText = typeof right === "number" ? numberText(right * factor) : `${times}${describe(right, left, sameProbe)}`;
  return {
    claim: `${left.arm}: ${left.probe} ${momentText(left.at)}`,
    expected: `${relation} ${rightText}`,
    measured:
      typeof right === "number"
        ? rangeText([...lefts.values()])
        : `${rangeText([...lefts.values()])} against ${rangeText([...rights.values()].map((value) => factor * value))}`,
    holds,
  };
}

function describe(right: Quantity, left: Quantity, sameProbe: boolean): string {
  const where = right.at === left.at ? "" : ` ${momentText(right.at)}`;
  if (right.arm === left.arm && right.probe === left.probe) return right.at === "peak" ? "its peak" : `its value${where}`;
  if (sameProbe) return `${right.arm}${where}`;
  return right.arm === left.arm ? `its ${right.probe}${where}` : `${right.arm}'s ${right.probe}${where}`;
}
