import type { RunOutcome } from "@steepest/core";
import type { Row, RunRecord } from "../../src/index.js";

/** A record by hand: `{ "margin.l2": [1, 2] }` on the steps given, finished at the last of them unless said otherwise. */
export function record(
  arm: string,
  seed: number,
  steps: readonly number[],
  columns: Readonly<Record<string, readonly number[]>>,
  more: { readonly outcome?: RunOutcome; readonly perfectAccuracyStep?: number; readonly separationStep?: number } = {},
): RunRecord {
  const rows = steps.map(
    (step, i): Row => ({ step, ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]!])) }),
  );
  const outcome = more.outcome ?? { kind: "finished", step: steps.at(-1)!, reason: "steps" };
  return { arm, seed, rows, outcome, perfectAccuracyStep: more.perfectAccuracyStep, separationStep: more.separationStep };
}

export const frozenAt = (step: number): RunOutcome => ({ kind: "finished", step, reason: "logRiskBelow" });
export const divergedAt = (step: number): RunOutcome => ({ kind: "diverged", step, what: "scores" });
