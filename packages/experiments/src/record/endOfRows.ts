import { losses } from "@steepest/core";
import { refuseChanged } from "@steepest/core/internal";
import type { RunDefinition } from "./definition.js";
import type { RunEnd } from "./end.js";
import type { Row } from "./row.js";

/** The two sides of the comparison: the outcome.json at `path` with the end of a run, and the rows of that run. */
export interface EndedRows {
  readonly path: string;
  readonly end: RunEnd;
  readonly rows: readonly Row[];
  readonly run: RunDefinition;
}

/**
 * Refuses an end that the rows contradict. The last row is where the run ended, unless it diverged; a run ends at the steps of its definition, or with a
 * risk below its definition's; and the rows of perfect accuracy and of separation are the first of their kind, of all steps or, with mini-batches, of the
 * ends of epochs.
 *
 * @param ended  the end, the rows and the definition of the run
 * @throws DataError  naming what is contradicted
 */
export function requireEndOfRows(ended: EndedRows): void {
  requireLastRow(ended);
  requireStop(ended);
  const { perfectAccuracyStep, separationStep } = ended.end;
  requireFirst(ended, "perfectAccuracyStep", perfectAccuracyStep, isPerfect);
  requireFirst(ended, "separationStep", separationStep, isSeparated(ended));
}

function requireLastRow({ path, end: { outcome }, rows }: EndedRows): void {
  const { kind, step } = outcome;
  const last = rows.at(-1)?.step;
  const holds = kind === "diverged" ? (last ?? 0) <= step : last === step;
  if (holds) return;
  const expected = `${kind === "diverged" ? "at least " : ""}${last ?? "a row for it"}`;
  refuseChanged(path, `has outcome.outcome.step ${step}, expected ${expected} as the last row of rows.jsonl says`, step);
}

function requireStop({ path, end: { outcome }, rows, run: { stop } }: EndedRows): void {
  const { kind, step } = outcome;
  if (stop.steps !== undefined && (step > stop.steps || (kind === "finished" && outcome.reason === "steps" && step < stop.steps)))
    refuseChanged(path, `has outcome.outcome.step ${step}, expected ${stop.steps} as stop.steps of definition.json says`, step);
  if (kind !== "finished") return;
  if (outcome.reason === "steps" && stop.steps === undefined) refuseReason(path, outcome.reason, "definition.json has no stop.steps");
  if (outcome.reason === "steps") return;
  const { logRiskBelow } = stop;
  const { logRisk } = rows.at(-1)!;
  if (logRiskBelow === undefined) refuseReason(path, outcome.reason, "definition.json has no stop.logRiskBelow");
  if (logRisk !== undefined && !(logRisk < logRiskBelow!)) refuseReason(path, outcome.reason, `the last log risk is ${logRisk}`);
}

function refuseReason(path: string, reason: string, against: string): never {
  return refuseChanged(path, `has outcome.outcome.reason "${reason}", but ${against}`, reason);
}

/** True for a row of perfect accuracy; undefined where the row does not record it. */
function isPerfect({ trainAccuracy, minMargin }: Row): boolean | undefined {
  if (minMargin !== undefined) return minMargin > 0;
  return trainAccuracy === undefined ? undefined : trainAccuracy === 1;
}

/** Distance from the threshold within which a row decides nothing: the threshold comes from the host's logarithm, which differs from ours in the last bits. */
const nearThreshold = 1e-9;

/** True for a row of separation; undefined where the row does not tell. */
function isSeparated({ run }: EndedRows): (row: Row) => boolean | undefined {
  const threshold = losses[run.loss.kind].separationLogRisk(Math);
  return ({ logRisk }) => (logRisk === undefined || Math.abs(logRisk - threshold) < nearThreshold ? undefined : logRisk < threshold);
}

/** Refuses the step of a moment unless its row is the first of its kind. */
function requireFirst(
  { path, end, rows, run }: EndedRows,
  name: string,
  step: number | undefined,
  isOne: (row: Row) => boolean | undefined,
): void {
  const refuse = (against: string): never => refuseChanged(path, `has outcome.${name} ${step ?? "nothing"}, but ${against}`, step);
  const row = rows.find((each) => each.step === step);
  const { outcome } = end;
  if (step !== undefined && !row && !(outcome.kind === "diverged" && outcome.step === step)) refuse("rows.jsonl has no row of that step");
  if (row && isOne(row) === false) refuse(`the row of that step is none: log risk ${row.logRisk ?? "unknown"}`);
  if (run.arm.batch) return; // within an epoch nobody looks
  const earlier = rows.find((each) => isOne(each) === true && each.step < (step ?? Number.POSITIVE_INFINITY));
  if (earlier) refuse(`the row of step ${earlier.step} is an earlier one`);
}
