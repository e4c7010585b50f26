import type { RunOutcome } from "@steepest/core";
import type { PlannedRun, Row } from "@steepest/experiments";

/** Who shows people, or machines, how a study goes on. Nothing here reaches a result. */
export interface Progress {
  begin(counts: { readonly total: number; readonly reused: number }): void;
  start(run: PlannedRun): void;
  row(run: PlannedRun, row: Row): void;
  step(run: PlannedRun, step: number, logRisk: number): void;
  finish(run: PlannedRun, outcome: RunOutcome): void;
  /** Whatever happened, nothing more follows. */
  end(): void;
}

export function runLabel({ arm, seed }: PlannedRun): string {
  return `${arm} s${seed}`;
}

/** "finished at step 5000", "log risk below -16.1 at step 81", "diverged at step 7 (scores)" */
export function outcomeText(outcome: RunOutcome): string {
  if (outcome.kind === "diverged") return `diverged at step ${outcome.step} (${outcome.what} no longer finite)`;
  if (outcome.kind === "stationary-not-separated") return `stationary at step ${outcome.step} without separating the data`;
  if (outcome.kind === "stalled") return `stalled at step ${outcome.step}: no smaller step is accepted`;
  return outcome.reason === "steps" ? `finished at step ${outcome.step}` : `reached its log risk at step ${outcome.step}`;
}
