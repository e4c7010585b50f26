import { join } from "node:path";
import { canonicalJson, DataError } from "@steepest/core";
import { checkedRows, type PlannedRun, parseEnd, parseRun } from "@steepest/experiments";
import { readRunFolder } from "@steepest/node";
import type { DataIdentity } from "./dataIdentity.js";
import type { StudyRun } from "./study.js";

/** A run of a plan, with where it lies and what decides its rows beside the definition. */
export interface PlacedRun extends PlannedRun {
  readonly name: string;
  readonly path: string;
  readonly environment: Readonly<Record<string, unknown>>;
  /** The data identity, as in environment.json. */
  readonly data: DataIdentity;
}

/** The members of environment.json that a run is named after. */
const decisive = ["numerics", "data"];

/**
 * The complete run in a folder, by the rule that `serve` reads one by: definition, outcome and rows are what they must be, and are those of the plan.
 *
 * @returns undefined if there is none
 * @throws DataError     if the folder was changed after the run
 * @throws StorageError  if it cannot be read
 */
export function recordedRun({ arm, seed, run, path, environment }: PlacedRun): StudyRun | undefined {
  const folder = readRunFolder(path);
  if (!folder) return undefined;
  const { outcome, resultHash, definition } = folder;
  const definitionPath = join(path, "definition.json");
  if (canonicalJson(parseRun(definitionPath, definition)) !== canonicalJson(run))
    refuse(definitionPath, "is not the definition of this run");
  const recorded = (folder.environment ?? {}) as Readonly<Record<string, unknown>>;
  const other = decisive.find((name) => canonicalJson(recorded[name] ?? null) !== canonicalJson(environment[name] ?? null));
  if (other !== undefined) refuse(join(path, "environment.json"), `has other ${other} than the folder is named after`);
  const { end, rowCount } = parseEnd(join(path, "outcome.json"), { outcome, resultHash, rowCount: folder.rows.length });
  const rows = checkedRows(join(path, "rows.jsonl"), folder.rows, run);
  const last = rows.at(-1)?.step ?? 0;
  if (rowCount === 0 || last > end.outcome.step)
    refuse(join(path, "outcome.json"), `says that the run ended at step ${end.outcome.step}, its rows say ${last}`);
  return { arm, seed, rows, ...end, path, resultHash, reused: true };
}

function refuse(path: string, problem: string): never {
  const hint = "it was changed after the run; run again with --fresh, or remove the folder";
  throw new DataError(`${path}: ${problem}`, { path, hint });
}
