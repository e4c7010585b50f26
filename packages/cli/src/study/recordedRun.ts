import { join } from "node:path";
import { canonicalJson } from "@steepest/core";
import { refuseChanged } from "@steepest/core/internal";
import { checkedRows, type PlannedRun, parseEnd, parseRun, requireEndOfRows } from "@steepest/experiments";
import { readRunFolder, textHash } from "@steepest/node";
import type { DataIdentity } from "./dataIdentity.js";
import type { StudyRun } from "./studyRun.js";

/** A run of a plan, with its folder and the identities that decide its rows beside the definition. */
export interface PlacedRun extends PlannedRun {
  readonly name: string;
  readonly path: string;
  readonly environment: Readonly<Record<string, unknown>>;
  /** The data identity, as in environment.json. */
  readonly data: DataIdentity;
}

/** The members of environment.json that decide a run's name. */
const decisive = ["numerics", "data"];

/**
 * The complete run in a folder, checked by the rule of `serve`: definition, outcome and rows fit each other, and the plan.
 *
 * @returns undefined if there is none
 * @throws DataError     if the folder was changed after the run
 * @throws StorageError  if it cannot be read
 */
export function recordedRun({ arm, seed, run, path, environment }: PlacedRun): StudyRun | undefined {
  const folder = readRunFolder(path);
  if (!folder) return undefined;
  const pathOf = (file: string): string => join(path, file);
  const { definition, environment: recorded, completion } = folder;
  if (completion.endHash === undefined)
    refuseChanged(pathOf("outcome.json"), "has no endHash: nothing says that it is as it was", undefined);
  const { end, resultHash } = parseEnd(pathOf("outcome.json"), completion, textHash);
  if (canonicalJson(parseRun(pathOf("definition.json"), definition)) !== canonicalJson(run))
    refuseChanged(pathOf("definition.json"), "is not the definition of this run", definition);
  const members = (recorded ?? {}) as Readonly<Record<string, unknown>>;
  const other = decisive.find((name) => canonicalJson(members[name] ?? null) !== canonicalJson(environment[name] ?? null));
  if (other !== undefined) refuseChanged(pathOf("environment.json"), `has other ${other} than the folder is named after`, members[other]);
  const rows = checkedRows(pathOf("rows.jsonl"), folder.rows, run);
  requireEndOfRows({ path: pathOf("outcome.json"), end, rows, run });
  return { arm, seed, rows, ...end, path, resultHash, reused: true };
}
