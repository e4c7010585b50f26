import type { ComparisonClaim, Quantity } from "../definition/claim.js";
import { carriedText, momentText, valueAt } from "./moment.js";
import { comparedTexts, numberText, tieText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

const compare: Readonly<Record<ComparisonClaim["relation"], (a: number, b: number) => boolean>> = {
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};

/** One value per seed, so that each seed is compared with itself. */
function values({ arm, probe, at }: Quantity, records: RecordsByArm): number[] {
  return (records.get(arm) ?? []).map((record) => valueAt(record, probe, at));
}

function carried({ arm, probe, at }: Quantity, records: RecordsByArm): string {
  return carriedText(records.get(arm) ?? [], probe, at);
}

export function judgeComparison(claim: ComparisonClaim, records: RecordsByArm): Verdict {
  const { left, relation, right, factor = 1 } = claim;
  const lefts = values(left, records);
  const rights = rightValues(claim, records).map((value) => factor * value);
  const holds = lefts.length > 0 && lefts.every((value, i) => compare[relation](value, rights[i] ?? Number.NaN));
  const [lefter, righter] = comparedTexts(lefts, rights);
  const measured = `${lefter}${carried(left, records)}`;
  return {
    claim: `${left.arm}: ${left.probe} ${momentText(left.at)}`,
    expected: `${relation} ${rightText(claim)}`,
    measured:
      typeof right === "number"
        ? measured
        : `${measured} against ${righter}${"arm" in right ? carried(right, records) : ""}${tieText(lefts, rights)}`,
    holds,
  };
}

/** One value per seed; NaN for a seed without a number. */
function rightValues({ left, right }: ComparisonClaim, records: RecordsByArm): number[] {
  if (typeof right !== "number" && "arm" in right) return values(right, records);
  return (records.get(left.arm) ?? []).map(({ seed }) => (typeof right === "number" ? right : (right.bySeed[seed] ?? Number.NaN)));
}

function rightText({ left, right, factor = 1 }: ComparisonClaim): string {
  if (typeof right === "number") return numberText(right * factor);
  const times = factor === 1 ? "" : `${numberText(factor)} x `;
  if ("bySeed" in right) return `${times}the known value`;
  return `${times}${describe(right, left, right.probe === left.probe && right.arm !== left.arm)}`;
}

function describe(right: Quantity, left: Quantity, sameProbe: boolean): string {
  const where = momentText(right.at) === momentText(left.at) ? "" : ` ${momentText(right.at)}`;
  if (right.arm === left.arm && right.probe === left.probe) return right.at === "peak" ? "its peak" : `its value${where}`;
  if (sameProbe) return `${right.arm}${where}`;
  return right.arm === left.arm ? `its ${right.probe}${where}` : `${right.arm}'s ${right.probe}${where}`;
}
