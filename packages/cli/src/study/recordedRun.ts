import { join } from "node:path";
import { canonicalJson } from "@steepest/core";
import { type RecordFile, refuseChanged } from "@steepest/core/internal";
import { decisiveMembers, type PlannedRun, parseDescribedRun, recordedRows } from "@steepest/experiments";
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
  const { definition, environment: found, sealed, rows, resultHash } = folder;
  const pathOf = (file: RecordFile): string => join(path, file);
  if (sealed.endHash === undefined) refuseChanged(pathOf("outcome.json"), "has no endHash: nothing says that it is as it was", undefined);
  const described = parseDescribedRun({ pathOf, name: undefined, definition, environment: found, outcome: sealed }, textHash);
  if (canonicalJson(described.run) !== canonicalJson(run))
    refuseChanged(pathOf("definition.json"), "is not the definition of this run", definition);
  const recorded = described.environment;
  const other = decisiveMembers.find((name) => canonicalJson(recorded[name] ?? null) !== canonicalJson(environment[name] ?? null));
  if (other !== undefined) refuseChanged(pathOf("environment.json"), `has other ${other} than the folder is named after`, recorded[other]);
  const checked = recordedRows(described, { rows, hash: resultHash, torn: false }, textHash);
  return { arm, seed, rows: checked, ...described.sealed!.end, path, resultHash, reused: true };
}
