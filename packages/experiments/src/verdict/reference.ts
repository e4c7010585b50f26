import type { ReferenceClaim } from "../definition/claim.js";
import { momentText, valueAt } from "./moment.js";
import { numberText } from "./numberText.js";
import type { RecordsByArm, Verdict } from "./verdict.js";

export function judgeReference({ quantity, published, within }: ReferenceClaim, records: RecordsByArm): Verdict {
  const { arm, probe, at } = quantity;
  const values = (records.get(arm) ?? []).map((record) => valueAt(record, probe, at));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [low, high] =
    "relative" in within
      ? [published - Math.abs(published) * within.relative, published + Math.abs(published) * within.relative]
      : [published / within.factor, published * within.factor];
  const tolerance = "relative" in within ? `within ${numberText(100 * within.relative)} %` : `within a factor ${numberText(within.factor)}`;
  return {
    claim: `${arm}: ${probe} ${momentText(at)}`,
    expected: `published ${numberText(published)}, ${tolerance}`,
    measured: `${numberText(mean)}${values.length > 1 ? ", the mean" : ""}`,
    holds: mean >= low && mean <= high,
  };
}
