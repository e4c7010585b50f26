import { type ExpectationFinding, type ExperimentDefinition, expectationFindings, type Verdict, verdicts } from "@steepest/experiments";
import { exitCode } from "../exitCode.js";
import { interruptible } from "../interruption.js";
import { jsonText } from "../jsonText.js";
import { chooseProgress } from "../progress/choose.js";
import { warningText } from "../progress/progress.js";
import { expectationTable, runTable, verdictTable, writeFigure } from "../report.js";
import { runStudy, type StudyRun } from "../study/study.js";
import type { ExperimentOptions } from "./experimentOptions.js";

export interface ExperimentResult {
  readonly definition: ExperimentDefinition;
  readonly runs: readonly StudyRun[];
  readonly verdicts: readonly Verdict[];
  readonly expectations: readonly ExpectationFinding[];
  readonly figures: readonly string[];
}

/** Runs one experiment, judges its claims and draws its figure. */
export async function experiment(definition: ExperimentDefinition, options: ExperimentOptions): Promise<ExperimentResult> {
  const { runs: root, threads, fresh, progress } = options;
  const runs = await interruptible(
    (signal) => runStudy(definition, { runs: root, threads, fresh, progress: chooseProgress(progress), signal }),
    "complete runs are kept: the same command goes on with the others",
  );
  return {
    definition,
    runs,
    verdicts: verdicts(definition, runs),
    expectations: expectationFindings(definition, runs),
    figures: await writeFigure(definition, runs, root),
  };
}

/** What people read. */
export function resultText({ definition, runs, verdicts: judged, expectations, figures }: ExperimentResult): string {
  const warnings = runs.flatMap((run) => run.warnings.map((warning) => warningText(run, warning)));
  const held = judged.filter(({ holds }) => holds).length;
  return [
    `${definition.id}: ${definition.question}`,
    definition.source,
    "",
    runTable(definition, runs),
    "",
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
export function resultJson({ definition, runs, verdicts: judged, expectations, figures }: ExperimentResult): unknown {
  return {
    id: definition.id,
    definition,
    runs: runs.map(({ rows, ...run }) => ({ ...run, last: rows.at(-1) })),
    claims: judged,
    expectations,
    figures,
  };
}

export function printJson(value: unknown): void {
  process.stdout.write(`${jsonText(value)}\n`);
}

export function divergenceCode(runs: readonly StudyRun[]): number {
  return runs.some(({ outcome }) => outcome.kind === "diverged") ? exitCode.diverged : exitCode.done;
}
