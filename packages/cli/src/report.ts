import type { RunOutcome } from "@steepest/core";
import { type ExpectationFinding, type ExperimentDefinition, numberText, type Verdict } from "@steepest/experiments";
import type { StudyFailure, StudyRun } from "./study/study.js";
import { table } from "./table.js";

/** The table *claim, expected, measured, holds*. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return table(
    ["claim", "expected", "measured", "holds"],
    verdicts.map(({ claim, expected, measured, holds }) => [claim, expected, measured, holds ? "yes" : "NO"]),
  );
}

/** What theory expects of each arm, next to what was measured. */
export function expectationTable(findings: readonly ExpectationFinding[]): string {
  return table(
    ["arm", "theory expects", "largest of all arms", "source"],
    findings.map(({ arm, expects, largest, source }) => [arm, expects, largest, source]),
  );
}

/** How each run ended, with its last margins; those that failed stand last. */
export function runTable(definition: ExperimentDefinition, runs: readonly StudyRun[], failures: readonly StudyFailure[]): string {
  const shown = definition.record.probes.filter(
    (probe) => probe === "logRisk" || probe.endsWith("Accuracy") || probe.startsWith("margin."),
  );
  const rows = runs.map((run) => {
    const last = run.rows.at(-1);
    return [run.arm, String(run.seed), endText(run.outcome), ...shown.map((probe) => lastText(last?.[probe]))];
  });
  const failed = failures.map(({ arm, seed, error }) => [arm, String(seed), `failed (${error.code})`, ...shown.map(() => "-")]);
  return table(["arm", "seed", "ended", ...shown.map((probe) => probe.replace("Accuracy", " acc"))], [...rows, ...failed]);
}

function endText(outcome: RunOutcome): string {
  if (outcome.kind === "diverged") return `diverged at step ${outcome.step} (${outcome.what})`;
  if (outcome.kind === "stationary-not-separated") return `stationary at step ${outcome.step}, not separated`;
  if (outcome.kind === "stalled") return `stalled at step ${outcome.step}: no smaller step is accepted`;
  return outcome.reason === "steps" ? `step ${outcome.step}` : `log risk at step ${outcome.step}`;
}

function lastText(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "-" : numberText(value);
}
