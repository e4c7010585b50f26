import { join } from "node:path";
import {
  type ConventionFinding,
  conventionFindings,
  type ExpectationFinding,
  type ExperimentDefinition,
  expectationFindings,
  figure,
  homogeneityNote,
  logMeanRisk,
  type PublishedFinding,
  publishedFindings,
  type Row,
  type SaveRule,
  type Verdict,
  verdicts,
} from "@steepest/experiments";
import { exitCode, exitCodeOf, worstOf } from "../exitCode.js";
import { type FigureFiles, noFigure, writeFigure } from "../figureFiles.js";
import { changeTexts, type FigureChanges, figureName } from "../figureName.js";
import { commandHint, commandMessage } from "../hints.js";
import { tellHost } from "../host.js";
import { interruptible } from "../interruption.js";
import { jsonText } from "../jsonText.js";
import { wrapped } from "../lineWidth.js";
import { chooseProgress } from "../progress/choose.js";
import { remarkText, runLabel } from "../progress/progress.js";
import { conventionLines, elsewhereLines, expectationNote, expectationTable, publishedTable, runTable, verdictTable } from "../report.js";
import { savedFiles, savedLines } from "../save/savedText.js";
import { runStudy, type StudyFailure } from "../study/study.js";
import type { StudyRun } from "../study/studyRun.js";
import { streamsMeet, warningLines } from "../warnings.js";
import type { ExperimentOptions } from "./experimentOptions.js";

export interface ExperimentResult {
  readonly definition: ExperimentDefinition;
  readonly runs: readonly StudyRun[];
  readonly failures: readonly StudyFailure[];
  readonly verdicts: readonly Verdict[];
  readonly expectations: readonly ExpectationFinding[];
  readonly published: readonly PublishedFinding[];
  readonly conventions: readonly ConventionFinding[];
  /** Sentences on what one may not expect of the data. */
  readonly remarks: readonly string[];
  /** The weights that were saved of every run. */
  readonly save: readonly SaveRule[];
}

/** Runs one experiment and judges its claims. @param base  folder that paths in the definition start from  @param save  the weights that are saved of every run */
export async function experiment(
  definition: ExperimentDefinition,
  options: ExperimentOptions,
  base: string = process.cwd(),
  save: readonly SaveRule[] = [],
): Promise<ExperimentResult> {
  const { runs: root, threads, fresh, checkpoint, progress } = options;
  tellHost(progress);
  const { runs, failures, remarks } = await interruptible(
    (signal) => runStudy(definition, { runs: root, base, threads, fresh, checkpoint, save, progress: chooseProgress(progress), signal }),
    goOnHint(options),
  );
  return {
    definition,
    runs,
    failures,
    verdicts: verdicts(definition, runs, failures),
    expectations: expectationFindings(definition, runs),
    published: publishedFindings(definition, runs),
    conventions: conventionFindings(definition),
    remarks,
    save,
  };
}

/** The hint of an interruption: what is kept, and the command that goes on. */
function goOnHint({ fresh, checkpoint }: ExperimentOptions): string {
  if (checkpoint === Number.POSITIVE_INFINITY) return "complete runs are kept: the same command goes on with the others";
  const again = fresh ? ", and makes complete ones again" : "";
  return `complete runs are kept, and so is where the others were: the same command goes on from there${again}`;
}

/** Prints the report, then draws the figure: a failure of the drawing costs no result. */
export async function present(result: ExperimentResult, options: ExperimentOptions & FigureChanges): Promise<FigureFiles> {
  if (!options.json) process.stdout.write(`${resultText(result, untold(result, options))}\n`);
  const figures = await drawn(result, options);
  const { paths, problem } = figures;
  if (!options.json && paths.length > 0) process.stdout.write(`${["figure", ...paths.map((path) => `  ${path}`)].join("\n")}\n`);
  if (problem !== undefined) process.stderr.write(problemLine(problem, options));
  return figures;
}

async function drawn({ definition, runs, failures }: ExperimentResult, options: ExperimentOptions & FigureChanges): Promise<FigureFiles> {
  if (definition.figure.length === 0) return noFigure;
  const changes = changeTexts(options);
  const about = [
    ...(changes.length > 0 ? [`changed: ${changes.join(", ")}`] : []),
    ...(failures.length > 0 ? [`failed: ${failures.map(runLabel).join(", ")}`] : []),
  ];
  const spec = figure(definition, runs, about.length > 0 ? { about } : {});
  const folder = join(options.runs, definition.id, "figures");
  return interruptible(
    (signal) => writeFigure(spec, folder, figureName(definition.id, options), { signal }),
    "complete runs are kept: the same command draws their figure",
  );
}

function problemLine(problem: string, { progress }: ExperimentOptions): string {
  return progress === "json" ? `${JSON.stringify({ event: "warning", what: "figure", problem })}\n` : `warning ${problem}\n`;
}

/** Warnings that were not shown while the runs were made: remarks on the data, and those of runs. */
type Untold = Pick<ExperimentResult, "runs" | "remarks">;

function untold({ runs, remarks }: ExperimentResult, { progress }: ExperimentOptions): Untold {
  const wereTold = (progress === "auto" || progress === "plain") && streamsMeet();
  return wereTold ? { runs: runs.filter(({ reused }) => reused), remarks: [] } : { runs, remarks };
}

/** The report for people, with the warnings `untold`. */
export function resultText(
  { definition, runs, failures, verdicts: judged, expectations, published, conventions, save }: ExperimentResult,
  untold: Untold,
): string {
  const warnings = [...untold.remarks.map(remarkText), ...warningLines(untold.runs)];
  const note = homogeneityNote(definition);
  const notes = note === undefined ? [] : [note];
  const held = judged.filter(({ holds }) => holds).length;
  return [
    wrapped(`${definition.id}: ${definition.question}`),
    ...(definition.source === "" ? [] : [wrapped(definition.source)]),
    "",
    runTable(definition, runs, failures),
    ...[...conventionLines(conventions), ...elsewhereLines(definition), ...notes].map((line) => wrapped(line)),
    "",
    ...(failures.length > 0
      ? [...failures.map((failure) => wrapped(`failed ${runLabel(failure)}: ${commandMessage(failure.error.message)}`)), ""]
      : []),
    ...(warnings.length > 0 ? [...warnings.map((line) => wrapped(line)), ""] : []),
    expectationTable(expectations),
    wrapped(expectationNote),
    "",
    ...(judged.length > 0
      ? [verdictTable(judged), "", wrapped(`${held} of ${judged.length} claims hold${seedsText(definition)}`), ""]
      : []),
    ...(published.length > 0 ? [publishedTable(published), ""] : []),
    "runs",
    ...runs.map(({ path }) => `  ${path}`),
    ...(save.length > 0 ? ["weights", ...savedLines(save, runs).map((line) => `  ${line}`)] : []),
  ].join("\n");
}

function seedsText({ seeds }: ExperimentDefinition): string {
  return seeds.length > 1 ? `, comparisons for each of ${seeds.length} seeds, published values against their mean` : "";
}

/** The JSON that `--json` prints. */
export function resultJson(
  { definition, runs, failures, verdicts: judged, expectations, published, conventions, remarks, save }: ExperimentResult,
  figures: FigureFiles,
): unknown {
  return {
    id: definition.id,
    definition,
    runs: runs.map((each) => {
      const { rows, ...run } = each;
      const weights = save.length > 0 ? { weights: savedFiles(save, each) } : {};
      return { ...run, last: rows.at(-1), lastLogMeanRisk: lastLogMeanRisk(definition, rows), ...weights };
    }),
    failures: failures.map(failureJson),
    claims: judged,
    expectations,
    published,
    conventions,
    remarks,
    figures: figures.paths,
    figureProblem: figures.problem,
  };
}

/** Log of the mean risk at the end; undefined unless the definition trains on the mean, since `logRisk` is of the sum. */
function lastLogMeanRisk(definition: ExperimentDefinition, rows: readonly Row[]): number | undefined {
  const logRisk = rows.at(-1)?.logRisk;
  return logRisk === undefined ? undefined : logMeanRisk(definition, logRisk);
}

function failureJson({ arm, seed, error: { code, message, path, hint } }: StudyFailure): unknown {
  return { arm, seed, code, message: commandMessage(message), path, hint: commandHint(hint) };
}

export function printJson(value: unknown): void {
  process.stdout.write(`${jsonText(value)}\n`);
}

/** The worst exit code of the runs: one failed, or diverged. */
export function runsCode({ runs, failures }: Pick<ExperimentResult, "runs" | "failures">): number {
  const diverged = runs.some(({ outcome }) => outcome.kind === "diverged");
  return worstOf([diverged ? exitCode.diverged : exitCode.done, ...failures.map(({ error }) => exitCodeOf(error))]);
}
