import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeNumber, isSteepestError } from "@steepest/core";
import { type Row, type RunRecord, type SaveRule, savedRows } from "@steepest/experiments";
import { mostBytes, parseSafetensors, safetensorsBytes, type Tensor } from "@steepest/formats";

/** Weights of a row of a run, for a file. */
export interface SavedWeights {
  readonly rule: SaveRule;
  /** The step of the row. */
  readonly step: number;
  /** The value of the probe, of a rule that has one. */
  readonly value?: number | undefined;
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** The run that weights are of, as their file names it. */
export interface WeightsOwner {
  /** Name of the run folder. */
  readonly name: string;
  /** SHA-256 of definition.json without its line feed. */
  readonly definitionHash: string;
}

/** The name of the file of a rule's weights, without its extension: "final", "max-margin.linf", "step-1200". */
export function weightsName(rule: SaveRule, step: number): string {
  if (rule.kind === "final") return "final";
  if (rule.kind === "every") return `step-${step}`;
  const plain = rule.probe.replace(/[^A-Za-z0-9.]+/g, "_").replace(/_$/, "");
  return `${rule.better === "larger" ? "max" : "min"}-${plain}`;
}

/** The path of that file. @param path  of the run folder */
export const weightsPath = (path: string, rule: SaveRule, step: number): string =>
  join(path, "weights", `${weightsName(rule, step)}.safetensors`);

/** A file of weights, whose metadata say what it is. */
export function weightsBytes({ rule, step, value, tensors }: SavedWeights, { name, definitionHash }: WeightsOwner): Uint8Array {
  const metadata = { run: name, definitionHash, step: String(step) };
  const best = rule.kind === "best" && value !== undefined ? { probe: rule.probe, value: String(encodeNumber(value)) } : {};
  return safetensorsBytes({ metadata: { ...metadata, ...best }, tensors });
}

/** The weights of a row in a file of a run folder; undefined if there is none of that row that can be read. */
function fileOf(path: string, rule: SaveRule, row: Row): SavedWeights | undefined {
  const file = weightsPath(path, rule, row.step);
  if (!existsSync(file)) return undefined;
  try {
    const { metadata, tensors } = parseSafetensors(file, readFileSync(file), mostBytes);
    const { step } = row;
    return metadata.step === String(step) ? { rule, step, value: bestValue(rule, row), tensors } : undefined;
  } catch (error) {
    if (isSteepestError(error)) return undefined;
    throw error;
  }
}

/** The value in a row of the probe of a rule that has one. */
const bestValue = (rule: SaveRule, row: Row): number | undefined => (rule.kind === "best" ? row[rule.probe] : undefined);

/** True if a run folder has a file of the weights of a row. */
const isThere = (path: string, rule: SaveRule, row: Row): boolean =>
  rule.kind === "every" ? existsSync(weightsPath(path, rule, row.step)) : fileOf(path, rule, row) !== undefined;

/** A rule and a row of a run that it saves the weights of. */
export type SavedRow = readonly [rule: SaveRule, row: Row];

/** The rows of a complete run whose weights its rules save. One that has diverged has no weights at its end. */
export function savedOf(rules: readonly SaveRule[], { rows, outcome }: Pick<RunRecord, "rows" | "outcome">): readonly SavedRow[] {
  const having = rules.filter(({ kind }) => kind !== "final" || outcome.kind !== "diverged");
  return having.flatMap((rule) => savedRows(rule, rows).map((row) => [rule, row] as const));
}

/** Those of them whose weights are not in its folder. */
export function missingWeights(path: string, rules: readonly SaveRule[], run: Pick<RunRecord, "rows" | "outcome">): readonly SavedRow[] {
  return savedOf(rules, run).filter(([rule, row]) => !isThere(path, rule, row));
}

/** The place that a run goes on from: its folder, the weights that the checkpoint there holds, and the rows up to there. */
export interface Beginning {
  readonly folder: string;
  readonly kept: readonly SavedWeights[];
  readonly rows: readonly Row[];
}

/** Weights of a row that a rule saves, as a run has them that goes on; undefined if they are lost. */
function found(rule: SaveRule, row: Row, { folder, kept }: Beginning): SavedWeights | undefined {
  const name = weightsName(rule, row.step);
  return kept.find((saved) => weightsName(saved.rule, saved.step) === name && saved.step === row.step) ?? fileOf(folder, rule, row);
}

/** The first row of the beginning of a run whose weights are lost to a rule that saves them: without them the run has to begin anew. */
export function lostWeights(rules: readonly SaveRule[], beginning: Beginning): SavedRow | undefined {
  for (const rule of rules.filter(({ kind }) => kind !== "final")) {
    const lost = savedRows(rule, beginning.rows).find((row) => !found(rule, row, beginning));
    if (lost) return [rule, lost];
  }
  return undefined;
}

/** The weights that the folder of a run lacks, of the rows up to where it goes on. @param path  of the folder  @throws nothing that `lostWeights` has not found */
export function* copiedWeights(path: string, rules: readonly SaveRule[], beginning: Beginning): Generator<SavedWeights> {
  for (const rule of rules.filter(({ kind }) => kind !== "final")) {
    for (const row of savedRows(rule, beginning.rows)) {
      const saved = isThere(path, rule, row) ? undefined : found(rule, row, beginning);
      if (saved) yield saved;
    }
  }
}

/** The best weights up to where a run goes on, rule by rule. */
export const bestSoFar = (rules: readonly SaveRule[], beginning: Beginning): readonly (SavedWeights | undefined)[] =>
  rules.map((rule) => {
    const [row] = rule.kind === "best" ? savedRows(rule, beginning.rows) : [];
    return row && found(rule, row, beginning);
  });
