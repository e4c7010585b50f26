import type { ReferenceClaim } from "../definition/claim.js";
import { carriedText, momentText, valueAt } from "./moment.js";
import { numberText, rangeText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

/** The smallest and the largest value within a tolerance of a published one, of its sign; of 0, only 0 itself. */
function bounds(published: number, within: ReferenceClaim["within"]): readonly [number, number] {
  const ends = (small: number, large: number) => (published < 0 ? [-large, -small] : [small, large]) as readonly [number, number];
  const size = Math.abs(published);
  if ("factor" in within) return ends(size / within.factor, size * within.factor);
  return ends(size - size * within.relative, size + size * within.relative);
}

/** The mean over all seeds; NaN if one of them has no value, and of none. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** "-0.375, the mean of -0.5 .. -0.25"; the range alone where a seed has no value, the value alone of one seed. */
export function meanText(values: readonly number[]): string {
  return values.some(Number.isNaN) || values.length < 2
    ? rangeText(values)
    : `${numberText(meanOf(values))}, the mean of ${rangeText(values)}`;
}

/** A published number against the mean over all seeds; a seed without a value (NaN) leaves none. */
export function judgeReference({ quantity, published, within }: ReferenceClaim, records: RecordsByArm): Verdict {
  const { arm, probe, at } = quantity;
  const runs = records.get(arm) ?? [];
  const values = runs.map((record) => valueAt(record, probe, at));
  const carried = carriedText(runs, probe, at);
  const mean = meanOf(values);
  const [low, high] = bounds(published, within);
  const tolerance = "relative" in within ? `within ${numberText(100 * within.relative)} %` : `within a factor ${numberText(within.factor)}`;
  const missing = values.filter(Number.isNaN).length;
  return {
    claim: `${arm}: ${probe} ${momentText(at)}`,
    expected: `published ${numberText(published)}, ${tolerance}`,
    measured: `${missing > 0 ? rangeText(values) : `${numberText(mean)}${values.length > 1 ? ", the mean" : ""}`}${carried}`,
    holds: Number.isFinite(mean) && mean >= low && mean <= high,
  };
}
