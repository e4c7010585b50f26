import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { canonicalJson, DefinitionError, refuseUnknownKeys } from "@steepest/core";
import { parseCompletion, requireUnchanged } from "./completion.js";
import { StorageError } from "./errors.js";
import { takeOwnership } from "./owner.js";
import { parseJson } from "./parseJson.js";
import { type RecordedRow, RowsWriter, readRows } from "./rowsFile.js";
import { requireSegment } from "./runName.js";
import { storing, syncFolder, writeAtomically } from "./storage.js";

export interface RunFolderOptions {
  /** Folder below the root. */
  readonly study: string;
  /** Folder of the run, from `runName`. */
  readonly name: string;
  /** Fully resolved: everything that decides the run. */
  readonly definition: unknown;
  readonly environment: unknown;
  /** Replace a complete run. */
  readonly fresh?: boolean | undefined;
}

/** A run folder that is being written. It is complete once `complete` has returned, and not a moment earlier. */
export interface RunFolderWriter extends Disposable {
  readonly path: string;
  /** @throws StorageError, DefinitionError if the row is not plain data */
  appendRow(row: object): void;
  /** Makes the rows durable, then writes the outcome atomically. @returns the hash of the rows @throws StorageError */
  complete(outcome: unknown): string;
  /** Leaves an incomplete folder that anybody may take over. Does nothing after `complete`; `using` calls it. */
  abandon(): void;
}

/** A complete run. */
export interface RunFolder {
  readonly path: string;
  readonly definition: unknown;
  readonly environment: unknown;
  readonly rows: readonly RecordedRow[];
  readonly outcome: unknown;
  /** SHA-256 of rows.jsonl, checked. */
  readonly resultHash: string;
}

/**
 * Starts a run folder, removing the rows of an interrupted earlier attempt.
 *
 *   <root>/<study>/<name>/  owner.json (while it is written)  definition.json  environment.json  rows.jsonl  outcome.json (last)
 *
 * @throws DefinitionError  if a name is not a plain file name, or the definition is not plain data
 * @throws RunOwnedError    if a live process is writing to it
 * @throws StorageError     if the file system refuses, or the run is complete and not `fresh`
 */
export function openRunFolder(root: string, options: RunFolderOptions): RunFolderWriter {
  refuseUnknownKeys("openRunFolder", options, { study: true, name: true, definition: true, environment: true, fresh: true });
  const path = join(root, requireSegment("study", options.study), requireSegment("name", options.name));
  const definition = canonicalJson(options.definition);
  const environment = canonicalJson(options.environment);
  const outcomePath = join(path, "outcome.json");

  refuseComplete(outcomePath, options.fresh);
  storing(path, "create the run folder", () => makeFolder(path));
  const release = takeOwnership(path);
  try {
    refuseComplete(outcomePath, options.fresh); // it may have been completed while we were not looking
    storing(outcomePath, "remove the old outcome", () => {
      rmSync(outcomePath, { force: true });
      syncFolder(path);
    });
    const rows = new RowsWriter(join(path, "rows.jsonl"));
    writeAtomically(join(path, "definition.json"), `${definition}\n`);
    writeAtomically(join(path, "environment.json"), `${environment}\n`);
    return writer(path, rows, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Not `recursive` of mkdirSync, which never returns where a file system answers ENOENT below a folder that exists (/proc, automounts). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause; // another process may be creating it too
  }
}

function writer(path: string, rows: RowsWriter, release: () => void): RunFolderWriter {
  let open = true;
  const requireOpen = (what: string): void => {
    if (!open) throw new DefinitionError(`${path}: ${what} after the folder was completed or abandoned`, { path });
  };
  const abandon = (): void => {
    if (!open) return;
    open = false;
    rows.close();
    release();
  };
  return {
    path,
    appendRow(row) {
      requireOpen("appendRow");
      rows.append(row);
    },
    complete(outcome) {
      requireOpen("complete");
      canonicalJson(outcome);
      const resultHash = rows.finish();
      writeAtomically(join(path, "outcome.json"), `${canonicalJson({ outcome, resultHash, rowCount: rows.count })}\n`);
      abandon();
      return resultHash;
    },
    abandon,
    [Symbol.dispose]: abandon,
  };
}

/**
 * @returns the run, or undefined if there is none or it is not complete
 * @throws StorageError  if it cannot be read
 * @throws DataError     if its files were changed after they were written
 */
export function readRunFolder(path: string): RunFolder | undefined {
  const outcomePath = join(path, "outcome.json");
  if (!existsSync(outcomePath)) return undefined;
  const completion = parseCompletion(outcomePath, readText(outcomePath));
  const { rows, hash } = readRows(join(path, "rows.jsonl"));
  requireUnchanged(path, { hash }, completion);
  const [definition, environment] = ["definition.json", "environment.json"].map((name) => readJson(join(path, name)));
  return { path, definition, environment, rows, outcome: completion.outcome, resultHash: hash };
}

function readText(path: string): string {
  return storing(path, "read the file", () => readFileSync(path, "utf8"));
}

function readJson(path: string): unknown {
  return parseJson(path, readText(path));
}

function refuseComplete(outcomePath: string, fresh: boolean | undefined): void {
  if (fresh || !existsSync(outcomePath)) return;
  throw new StorageError(`${outcomePath}: the run is complete and is not overwritten`, {
    path: outcomePath,
    hint: "read it with readRunFolder, or set fresh: true to replace it",
  });
}
