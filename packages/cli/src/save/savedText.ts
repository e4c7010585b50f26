import { numberText, type SaveRule } from "@steepest/experiments";
import { runLabel } from "../progress/progress.js";
import type { StudyRun } from "../study/studyRun.js";
import { savedOf, weightsPath } from "./weightsFile.js";

/** A file of weights of a run. */
export interface SavedFile {
  readonly path: string;
  readonly step: number;
  readonly probe?: string;
  readonly value?: number;
}

/** The files of weights of a run by its rules. */
export function savedFiles(rules: readonly SaveRule[], run: StudyRun): readonly SavedFile[] {
  return savedOf(rules, run).map(([rule, row]) => ({
    path: weightsPath(run.path, rule, row.step),
    step: row.step,
    ...(rule.kind === "best" && { probe: rule.probe, value: row[rule.probe]! }),
  }));
}

/** Lines that say where the weights of runs are, one for each rule and run; none without rules. */
export function savedLines(rules: readonly SaveRule[], runs: readonly StudyRun[]): string[] {
  return runs.flatMap((run) => rules.map((rule) => savedLine(rule, run)));
}

function savedLine(rule: SaveRule, run: StudyRun): string {
  const files = savedFiles([rule], run);
  const [first] = files;
  if (!first)
    return rule.kind === "best" ? `${runLabel(run)} has no ${rule.probe} in any row` : `${runLabel(run)} has diverged: no final weights`;
  if (rule.kind === "every") return `${first.path.replace(/\d+(?=\.safetensors$)/, "*")}  ${files.length} steps`;
  return `${first.path}  step ${first.step}${first.probe === undefined ? "" : `, ${first.probe} ${numberText(first.value!)}`}`;
}
