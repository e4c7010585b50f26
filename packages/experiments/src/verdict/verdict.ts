import type { Claim } from "../definition/claim.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import type { RunRecord } from "../record.js";
import { judgeBest } from "./best.js";
import { judgeComparison } from "./comparison.js";
import { judgeMonotone } from "./monotone.js";
import { judgeReference } from "./reference.js";

/** A claim against what was measured. */
export interface Verdict {
  readonly claim: string;
  readonly expected: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** The records of one experiment by arm, in the order of the definition's seeds. */
export type RecordsByArm = ReadonlyMap<string, readonly RunRecord[]>;

export function judge(claim: Claim, records: RecordsByArm): Verdict {
  if ("left" in claim) return judgeComparison(claim, records);
  if ("published" in claim) return judgeReference(claim, records);
  if ("best" in claim) return judgeBest(claim, records);
  return judgeMonotone(claim, records);
}

/** Every claim of a definition, computed from the rows. A claim about an arm or a seed without rows does not hold. */
export function verdicts(definition: ExperimentDefinition, records: readonly RunRecord[]): Verdict[] {
  const byArm = new Map(Object.keys(definition.arms).map((arm) => [arm, records.filter((record) => record.arm === arm)]));
  return definition.claims.map((claim) => judge(claim, byArm));
}
