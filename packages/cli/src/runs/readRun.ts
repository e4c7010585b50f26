import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { canonicalJson, DataError } from "@steepest/core";
import { parseJson, type RecordFile } from "@steepest/core/internal";
import { type DescribedRun, parseDescribedRun, type Row, type RunEnd, recordedRows } from "@steepest/experiments";
import { readRows, readRunFolder, StorageError, textHash } from "@steepest/node";

/** A run as its folder holds it, complete or not. */
export interface ReadRun extends Pick<DescribedRun, "run" | "environment"> {
  readonly path: string;
  /** The name of the folder. */
  readonly name: string;
  /** SHA-256 of the canonical JSON of its definition, as certificates name it. */
  readonly definitionHash: string;
  readonly rows: readonly Row[];
  /** Absent while the run goes on, or after it was interrupted. */
  readonly end: RunEnd | undefined;
}

/** True for a target of the command line that is a folder, and so a run and no definition. */
export const isFolder = (target: string): boolean => statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * The run in a folder.
 *
 * @throws DataError     if the folder holds none, or a complete one that was changed
 * @throws StorageError  if it cannot be read
 */
export function readRun(path: string): ReadRun {
  const pathOf = (file: RecordFile): string => join(path, file);
  if (!existsSync(pathOf("definition.json"))) {
    throw DataError.at(path, "holds no run", { hint: "give the folder of a run, runs/<study>/<arm>-s<seed>-<hash>" });
  }
  const folder = readRunFolder(path);
  const { definition, environment, outcome, rows } = folder
    ? { ...folder, outcome: folder.sealed as unknown, rows: { rows: folder.rows, hash: folder.resultHash, torn: false } }
    : { ...incomplete(pathOf), outcome: undefined };
  const described = parseDescribedRun({ pathOf, name: undefined, definition, environment, outcome }, textHash);
  return {
    path,
    name: basename(resolve(path)),
    run: described.run,
    environment: described.environment,
    definitionHash: textHash(canonicalJson(definition)),
    rows: recordedRows(described, rows, textHash),
    end: described.sealed?.end,
  };
}

function incomplete(pathOf: (file: RecordFile) => string) {
  const json = (file: RecordFile): unknown => parseJson(pathOf(file), readText(pathOf(file)));
  const rows = existsSync(pathOf("rows.jsonl")) ? readRows(pathOf("rows.jsonl")) : { rows: [], hash: textHash(""), torn: false };
  return {
    definition: json("definition.json"),
    environment: existsSync(pathOf("environment.json")) ? json("environment.json") : undefined,
    rows,
  };
}

/** The text of a file. @throws StorageError  if it cannot be read */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw StorageError.at(path, `cannot be read: ${(cause as Error).message}`, { value: (cause as NodeJS.ErrnoException).code, cause });
  }
}
