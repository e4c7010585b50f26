import { type ExpectationFinding, type ExperimentDefinition, expectationFindings, type Verdict, verdicts } from "@steepest/experiments";
import { exitCode, exitCodeOf, worstOf } from "../exitCode.js";
import { interruptible } from "../interruption.js";
import { jsonText } from "../jsonText.js";
import { chooseProgress } from "../progress/choose.js";
import { runLabel, warningText } from "../progress/progress.js";
import { expectationTable, runTable, verdictTable, writeFigure } from "../report.js";
import { runStudy, type StudyFailure, type StudyRun } from "../study/study.js";
import type { ExperimentOptions } from "./experimentOptions.js";

export interface ExperimentResult {
  readonly definition: ExperimentDefinition;
  readonly runs: readonly StudyRun[];
  readonly failures: readonly StudyFailure[];
  readonly verdicts: readonly Verdict[];
  readonly expectations: readonly ExpectationFinding[];
  readonly figures: readonly string[];
}

/** Runs one experiment, judges its claims and draws its figure. */
export async function experiment(definition: ExperimentDefinition, options: ExperimentOptions): Promise<ExperimentResult> {
  const { runs: root, threads, fresh, progress } = options;
  const { runs, failures } = await interruptible(
    (signal) => runStudy(definition, { runs: root, threads, fresh, progress: chooseProgress(progress), signal }),
    "complete runs are kept: the same command goes on with the others",
  );
  return {
    definition,
    runs,
    failures,
    verdicts: verdicts(definition, runs, failures),
    expectations: expectationFindings(definition, runs),
    figures: await writeFigure(definition, runs, root),
  };
}

/** What people read. */
export function resultText({ definition, runs, failures, verdicts: judged, expectations, figures }: ExperimentResult): string {
  const warnings = runs.flatMap((run) => run.warnings.map((warning) => warningText(run, warning)));
  const held = judged.filter(({ holds }) => holds).length;
  return [
    `${definition.id}: ${definition.question}`,
    definition.source,
    "",
    runTable(definition, runs, failures),
    "",
    ...(failures.length > 0 ? [...failures.map((failure) => `failed ${runLabel(failure)}: ${failure.error.message}`), ""] : []),
    ...(warnings.length > 0 ? [...warnings, ""] : []),
    expectationTable(expectations),
    "",
    ...(judged.length > 0 ? [verdictTable(judged), "", `${held} of ${judged.length} claims hold${seedsText(definition)}`, ""] : []),
    "runs",
    ...runs.map(({ path }) => `  ${path}`),
    ...(figures.length > 0 ? ["figure", ...figures.map((path) => `  ${path}`)] : []),
  ].join("\n");
}

function seedsText({ seeds }: ExperimentDefinition): string {
  return seeds.length > 1 ? `, comparisons for each of ${seeds.length} seeds, published values against their mean` : "";
}

/** What machines read. */
export function resultJson({ definition, runs, failures, verdicts: judged, expectations, figures }: ExperimentResult): unknown {
  return {
    id: definition.id,
    definition,
    runs: runs.map(({ rows, ...run }) => ({ ...run, last: rows.at(-1) })),
    failures: failures.map(({ arm, seed, error: { code, message, path, hint } }) => ({ arm, seed, code, message, path, hint })),
    claims: judged,
    expectations,
    figures,
  };
}

export function printJson(value: unknown): void {
  process.stdout.write(`${jsonText(value)}\n`);
}

/** The worst that happened to a run: it failed, or diverged. */
export function runsCode({ runs, failures }: Pick<ExperimentResult, "runs" | "failures">): number {
  const diverged = runs.some(({ outcome }) => outcome.kind === "diverged");
  return worstOf([diverged ? exitCode.diverged : exitCode.done, ...failures.map(({ error }) => exitCodeOf(error))]);
}
