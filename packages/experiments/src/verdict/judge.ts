import { type Claim, mentions } from "../definition/claim.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import { isHomogeneous } from "../network/isHomogeneous.js";
import { probeOf } from "../probe/probe.js";
import { rowsWith } from "../record/certifiedRows.js";
import type { RunRecord } from "../record/runRecord.js";
import { batchGap } from "./batches.js";
import { judgeBest } from "./best.js";
import { judgeComparison } from "./comparison.js";
import { judgeExponent } from "./exponent.js";
import { judgeMonotone } from "./monotone.js";
import { judgeReference } from "./reference.js";
import { judgeSlope } from "./slope.js";
import type { RecordsByArm, RunFailure, Verdict } from "./verdict.js";

export function judge(claim: Claim, records: RecordsByArm): Verdict {
  if ("left" in claim) return judgeComparison(claim, records);
  if ("quantity" in claim) return judgeReference(claim, records);
  if ("best" in claim) return judgeBest(claim, records);
  if ("slopeOf" in claim) return judgeSlope(claim, records);
  if ("exponentOf" in claim) return judgeExponent(claim, records);
  return judgeMonotone(claim, records);
}

/** The record of a run that is missing: no moment of it has a value. */
function withoutRows(arm: string, seed: number): RunRecord {
  const outcome = { kind: "diverged", step: 0, what: "scores" } as const;
  return { arm, seed, rows: [], outcome, perfectAccuracyStep: undefined, separationStep: undefined };
}

/**
 * Every claim of a definition, computed from the rows. NaN in a row means that the probe has no value there:
 *
 * - `"peak"` and `{ peakOf }` pass over rows without a value; a step, a log risk and the end mean their own row and no other
 * - `nondecreasing`: a row without a value leaves the claim open
 * - `best`: an arm without a value has not been beaten
 * - the mean that a published value is compared with exists if every seed has a value
 *
 * Claims of what the theorems say are judged of networks that are not homogeneous and of mini-batches too, as what they are there: conjectures, and the
 * verdict says so.
 *
 * Where `record.certifyBelow` says at which rows certificates are read, exponents and `nondecreasing` are about these rows.
 *
 * A moment without a value fulfils no claim, and neither does an arm or a seed without rows.
 *
 * @param failures  runs that came to no end: why a claim about their arm cannot hold
 * @param definition  the experiment
 * @param records     its runs
 * @returns one verdict per claim, in their order
 */
export function verdicts(definition: ExperimentDefinition, records: readonly RunRecord[], failures: readonly RunFailure[] = []): Verdict[] {
  const recordOf = (arm: string, seed: number): RunRecord =>
    records.find((record) => record.arm === arm && record.seed === seed) ?? withoutRows(arm, seed);
  const byArm = new Map(Object.keys(definition.arms).map((arm) => [arm, definition.seeds.map((seed) => recordOf(arm, seed))]));
  const arms = Object.keys(definition.arms);
  const network = isHomogeneous(definition) ? undefined : "the network is not homogeneous";
  return definition.claims.map((claim) => {
    const failure = failures.find(({ arm }) => armsOf(claim, arms).includes(arm));
    const judged = judge(claim, withRowsOf(claim, byArm, definition));
    const gap = network ?? (hasBatchGap(claim, definition) ? "steps see mini-batches" : undefined);
    const verdict = gap === undefined || !isOfTheory(claim) ? judged : { ...judged, expected: `${judged.expected} (a conjecture: ${gap})` };
    return failure ? { ...verdict, measured: `${failure.arm} s${failure.seed} failed (${failure.reason})`, holds: false } : verdict;
  });
}

/** The records as a claim about a curve sees them: without the rows in which its probe was not read. */
function withRowsOf(claim: Claim, byArm: RecordsByArm, { record }: ExperimentDefinition): RecordsByArm {
  const probe = "exponentOf" in claim ? claim.exponentOf : "after" in claim ? claim.probe : undefined;
  if (probe === undefined) return byArm;
  return new Map([...byArm].map(([arm, runs]) => [arm, runs.map((run) => ({ ...run, rows: rowsWith(run.rows, probe, record) }))]));
}

/** True for claims of what the theorems say of homogeneous networks: which arm has the largest margin, and that it never falls. */
function isOfTheory(claim: Claim): boolean {
  const probe = "best" in claim ? claim.of : "after" in claim ? claim.probe : undefined;
  return probe !== undefined && probeOf(probe)?.isOfDegree === true;
}

/** True for a claim about an arm whose steps see less than the theorems suppose. */
function hasBatchGap(claim: Claim, definition: ExperimentDefinition): boolean {
  const arm = definition.arms["best" in claim ? claim.best : "arm" in claim ? claim.arm : ""];
  return arm !== undefined && batchGap(arm, definition) !== undefined;
}

/** The arms of a claim; the best of all arms is about all of them. */
function armsOf(claim: Claim, arms: readonly string[]): readonly string[] {
  return "best" in claim && claim.among === undefined ? arms : mentions(claim).arms;
}
