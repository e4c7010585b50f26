import type { RunOutcome } from "@steepest/core";
import {
  type ConventionFinding,
  type ExpectationFinding,
  type ExperimentDefinition,
  logMeanRisk,
  numberText,
  type PublishedFinding,
  probeName,
  type Row,
  type Verdict,
} from "@steepest/experiments";
import { wrapped } from "./lineWidth.js";
import type { StudyFailure } from "./study/study.js";
import type { StudyRun } from "./study/studyRun.js";
import { table } from "./table.js";

/** The table of verdicts: claim, expected, measured, holds. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return table(
    ["claim", "expected", "measured", "holds"],
    verdicts.map(({ claim, expected, measured, holds }) => [claim, expected, measured, holds ? "yes" : "NO"]),
  );
}

/** A sentence for people about the third column of `expectationTable`. */
export const expectationNote =
  "judged: arms that separated the data, at the deepest log risk that all of them reached under that seed (between recorded steps on a straight line), from -5 on";

/** Table of the margins that theory expects of each arm, next to the measured ones. */
export function expectationTable(findings: readonly ExpectationFinding[]): string {
  return table(
    ["arm", "theory expects", "largest at equal log risk", "source"],
    findings.map(({ arm, expects, largest, source }) => [arm, expects, largest, source]),
  );
}

const ratioDigits = 3;

/** Table of the ratios measured / published of every published curve, with the steps as columns. */
export function publishedTable(findings: readonly PublishedFinding[]): string {
  const steps = [...new Set(findings.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  const carried = findings.some(({ points }) => points.some((point) => point.carried));
  const ratios = table(
    ["measured / published", ...steps.map((step) => `step ${step}`)],
    findings.map((finding) => [
      `${finding.arm}: ${finding.probe}`,
      ...steps.map((step) => {
        const { ratio = Number.NaN, carried = false } = finding.points.find((point) => point.step === step) ?? {};
        return Number.isNaN(ratio) ? "-" : `${numberText(ratio, ratioDigits)}${carried ? "*" : ""}`;
      }),
    ]),
    { names: 1 },
  );
  return carried
    ? `${ratios}\n${wrapped("* carried from the last row before that step, where a run was frozen or nothing was recorded")}`
    : ratios;
}

/** Lines about the conventions of the optimisers, each with its arms. */
export function conventionLines(findings: readonly ConventionFinding[]): string[] {
  return findings.map(({ convention, arms }) => `${arms.join(", ")}: ${convention}`);
}

/** A column of the table of runs: a probe of the last row, or a number that follows from it. */
interface Column {
  readonly head: string;
  readonly read: (last: Row | undefined) => number | undefined;
}

const isColumn = (probe: string): boolean =>
  probe === "logRisk" || probe === "testSquaredError" || probe.endsWith("Accuracy") || probe.startsWith("margin.");

/** Lines about recorded probes that have no column in the table of runs, or no panel in the figure, with the reason. */
export function elsewhereLines({ record: { probes }, figure }: ExperimentDefinition): string[] {
  const untold = probes.filter((probe) => !isColumn(probe));
  const undrawn = probes.filter((probe) => !figure.some((panel) => panel.probe === probe));
  return [
    ...(untold.length > 0
      ? [`not in this table: ${untold.join(", ")} (the table shows log risk, accuracies, errors and margins; rows.jsonl has all)`]
      : []),
    ...(undrawn.length > 0 ? [`not in the figure: ${undrawn.join(", ")} (no panel of the definition shows them)`] : []),
  ];
}

function columnsOf(definition: ExperimentDefinition): Column[] {
  const shown = definition.record.probes.filter(isColumn);
  return shown.flatMap((probe): Column[] => {
    const read = (last: Row | undefined): number | undefined => last?.[probe];
    if (probe !== "logRisk") return [{ head: probeName(probe, definition).replace("Accuracy", " acc"), read }];
    const mean = (last: Row | undefined) => logMeanRisk(definition, read(last) ?? Number.NaN);
    return [{ head: "logRisk (sum)", read }, ...(definition.loss.reduction === "mean" ? [{ head: "of the mean", read: mean }] : [])];
  });
}

/** Table of runs: outcome and last margins; those that failed stand last. */
export function runTable(definition: ExperimentDefinition, runs: readonly StudyRun[], failures: readonly StudyFailure[]): string {
  const columns = columnsOf(definition);
  const rows = runs.map((run) => {
    const last = run.rows.at(-1);
    return [run.arm, String(run.seed), endText(run.outcome), ...columns.map(({ read }) => lastText(read(last)))];
  });
  const failed = failures.map(({ arm, seed, error }) => [arm, String(seed), `failed (${error.code})`, ...columns.map(() => "-")]);
  return table(["arm", "seed", "ended", ...columns.map(({ head }) => head)], [...rows, ...failed], { names: 2 });
}

/** The way a run ended, in words. */
export function endText(outcome: RunOutcome): string {
  if (outcome.kind === "diverged") return `diverged at step ${outcome.step} (${outcome.what})`;
  if (outcome.kind === "stationary-not-separated") return `stationary at step ${outcome.step}, not separated`;
  if (outcome.kind === "stalled") return `stalled at step ${outcome.step}: no smaller step is accepted`;
  if (outcome.reason === "zeroRisk") return `risk 0 at step ${outcome.step}`;
  return outcome.reason === "steps" ? `step ${outcome.step}` : `log risk at step ${outcome.step}`;
}

function lastText(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "-" : numberText(value);
}
