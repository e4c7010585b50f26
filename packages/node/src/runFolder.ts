import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { canonicalJson, DefinitionError, decodeJson, isSteepestError, type SteepestError } from "@steepest/core";
import {
  parseJson,
  parseSealedOutcome,
  type RecordedRow,
  recordFiles,
  refuseChanged,
  refuseUnknownKeys,
  requirePlainName,
  requireUnchanged,
  type SealedOutcome,
  sealOutcome,
} from "@steepest/core/internal";
import type { Checkpoint } from "./checkpoint.js";
import {
  checkpointNames,
  hasCheckpoint,
  moveLatest,
  type PathOf,
  removeCheckpoints,
  sparePaths,
  writeCheckpoint,
} from "./checkpointFiles.js";
import { type Clock, processClock } from "./clock.js";
import { RunCompleteError } from "./errors.js";
import { textHash } from "./hashOf.js";
import { type Ownership, ownerFile, takeOwnership, whileFree } from "./owner.js";
import type { Owner } from "./ownerMark.js";
import { attemptIn, type Found, findResumption, numericsOf, type RecordedRun, type ResumeOptions } from "./resumption.js";
import { RowsWriter, readRows } from "./rowsFile.js";
import { makeFolder, readRegular, storing, syncFolder, temporaryOf, writeAtomically } from "./storage.js";

export interface RunFolderOptions {
  /** Folder below the root. */
  readonly study: string;
  /** Folder of the run, from `runName`. */
  readonly name: string;
  /** Fully resolved: everything that decides the run. */
  readonly definition: unknown;
  readonly environment: unknown;
  /** Make a complete run again; it stays as it is until the new one is complete. */
  readonly fresh?: boolean | undefined;
  /**
   * Go on from a checkpoint where there is one that can be taken. Absent: what is left of an earlier attempt is removed. A complete run that is made again goes on where
   * an earlier attempt to make it again was interrupted.
   */
  readonly resume?: ResumeOptions | undefined;
  /** Ends the wait for a mark of another system. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the owner when that wait begins. */
  readonly onWait?: ((owner: Owner) => void) | undefined;
}

/** A run folder that is being written. It is complete once `complete` has returned, and not a moment earlier. */
export interface RunFolderWriter extends Disposable {
  readonly path: string;
  /** The checkpoint that the run goes on from, and the rows up to there, which are in the folder; undefined where it begins anew. */
  readonly resumed: { readonly checkpoint: Checkpoint; readonly rows: readonly RecordedRow[]; readonly folder: string } | undefined;
  /** The reasons why checkpoints that were there could not be taken. */
  readonly refused: readonly SteepestError[];
  /**
   * Makes the rows so far durable and keeps a state behind them, atomically; the checkpoint before is kept too.
   *
   * @param checkpoint  plain data, and arrays
   * @param isEnd       true: the state at the end of the run by its stop rule, which stays in the folder when it is complete. Default false
   * @throws StorageError     if the disk refuses; the checkpoints before are still there
   * @throws RunOwnedError    if this process stood still for so long that another one took the folder over
   * @throws DefinitionError  if the state is not plain data
   */
  checkpoint(checkpoint: Checkpoint, isEnd?: boolean): void;
  /**
   * Writes weights into the folder `weights` beside the record, atomically.
   *
   * @param name   of the file, without its extension
   * @param bytes  a safetensors file
   * @returns the path of the file
   * @throws DefinitionError  if the name is not a plain file name
   * @throws StorageError     if the disk refuses; a file that was there is as it was
   * @throws RunOwnedError    if this process stood still for so long that another one took the folder over
   */
  weights(name: string, bytes: Uint8Array): string;
  /**
   * Writes a row behind those before it.
   *
   * @param row  plain data: numbers by the name of their probe
   * @throws StorageError     if the disk refuses
   * @throws DefinitionError  if the row is not plain data
   */
  appendRow(row: object): void;
  /**
   * Makes the rows durable, then writes the outcome atomically.
   *
   * @param outcome  plain data; it is sealed with the hashes of the other files
   * @returns the hash of the rows
   * @throws StorageError, or RunOwnedError if this process stood still for so long that another one took the folder over
   */
  complete(outcome: unknown): string;
  /** Leaves the folder to other processes: with the complete run that was to be replaced and, if there is one, the checkpoint of the attempt to do so, or incomplete. Does nothing after `complete`; `using` calls it. */
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
  /** The content of outcome.json, checked: outcome and result hash, and the hashes that earlier versions did not write. */
  readonly sealed: SealedOutcome;
}

const outcomeName = "outcome.json";
/** The folder of weights in a run folder. */
const weightsFolder = "weights";

/** The name of a file while its run is still to replace a complete one. The outcome decides: once it is there, the new files count, wherever they are. */
const freshName = (name: string): string => `${name}.fresh`;
const freshIn =
  (path: string): PathOf =>
  (name) =>
    join(path, freshName(name));

/**
 * Starts a run folder, or goes on with an interrupted attempt from its checkpoint, if `resume` is set; without one its rows are removed. A complete run that is made again is kept until the new one is complete.
 *
 *   <root>/<study>/<name>/  owner.json (while it is written)  definition.json  environment.json  rows.jsonl  checkpoint.safetensors  outcome.json (last)
 *
 * Waits where the folder is marked by a process of another system, until the mark has counted on or has not for long enough.
 *
 * @param root     folder that holds the studies
 * @param options  study, name, definition and environment of the run
 * @returns a writer that owns the folder until `complete` or `abandon`
 * @throws DefinitionError   if a name is not a plain file name, or the definition is not plain data
 * @throws RunOwnedError     if a live process is writing to it
 * @throws RunCompleteError  if the run is complete and not `fresh`
 * @throws StorageError      if the file system refuses
 * @throws the signal's reason
 */
export async function openRunFolder(root: string, options: RunFolderOptions): Promise<RunFolderWriter> {
  refuseUnknownKeys("openRunFolder", options, {
    study: true,
    name: true,
    definition: true,
    environment: true,
    fresh: true,
    resume: true,
    signal: true,
    onWait: true,
  });
  return openTimed(root, options, processClock);
}

/** `openRunFolder` with a clock of the caller's. */
export async function openTimed(root: string, options: RunFolderOptions, clock: Clock): Promise<RunFolderWriter> {
  const path = join(root, requirePlainName("study", options.study), requirePlainName("name", options.name));
  const definition = canonicalJson(options.definition);
  const environment = canonicalJson(options.environment);

  if (!options.fresh) refuseComplete(path);
  makeFolder(path);
  const ownership = await takeOwnership(path, clock, options);
  try {
    finishReplacing(path);
    if (!options.fresh) refuseComplete(path); // it may have been completed while we were not looking
    const isReplacing = existsSync(join(path, outcomeName));
    const pathOf = isReplacing ? freshIn(path) : attemptIn(path).pathOf;
    const described = { definition: decodeJson(definition), environment: decodeJson(environment) }; // not what the caller may change meanwhile
    const earlier = [...(options.resume?.earlier ?? []), ...(isReplacing && options.resume?.fromItself ? [path] : [])];
    const found: Found = options.resume
      ? findResumption({ folder: path, pathOf }, described, { ...options.resume, earlier })
      : { resumption: undefined, refused: [] };
    const { resumption } = found;
    const isOwn = resumption?.isOwn ?? false;
    if (!isOwn) {
      for (const attempt of [pathOf, freshIn(path)]) removeAttempt(attempt); // what is left of an earlier one
    }
    writeAtomically(pathOf("definition.json"), `${definition}\n`);
    writeAtomically(pathOf("environment.json"), `${environment}\n`);
    const begin = resumption && { lines: resumption.bytes, count: resumption.rows.length, isThere: isOwn };
    const rows = new RowsWriter(pathOf("rows.jsonl"), begin);
    return writer({ path, pathOf, described, rows, ownership, found });
  } catch (error) {
    ownership.release();
    throw error;
  }
}

/**
 * Clears a complete run of what a process left that was killed while it made the run again: its mark, and the files that were to replace the others, which
 * are put in place if they are all there. Nothing happens while a process may be writing, or where the file system refuses.
 *
 * @param path  path of the run folder
 */
export function tidyRunFolder(path: string): void {
  const replacements = recordFiles.map(freshIn(path));
  const [own, fresh] = [attemptIn(path).pathOf, freshIn(path)];
  const left = [
    join(path, ownerFile),
    ...[own, fresh].flatMap(sparePaths),
    ...[...replacements, ...checkpointNames.map(fresh)].flatMap((file) => [file, temporaryOf(file)]),
  ];
  if (!existsSync(join(path, outcomeName)) || !left.some((file) => existsSync(file))) return;
  try {
    whileFree(path, () => {
      finishReplacing(path);
      removeAttempt(fresh);
      removeCheckpoints(own, true);
    });
  } catch (error) {
    if (!isSteepestError(error)) throw error; // the run is complete and can be read all the same
  }
}

/** Removes the files of an attempt, its checkpoints, and the temporary ones that a killed process had not put in place yet. */
function removeAttempt(pathOf: PathOf): void {
  removeCheckpoints(pathOf);
  for (const path of recordFiles.map(pathOf)) {
    for (const file of [path, temporaryOf(path)]) storing(file, "remove the file", () => rmSync(file, { force: true }));
  }
}

interface WriterParts {
  readonly path: string;
  readonly pathOf: PathOf;
  readonly described: RecordedRun;
  readonly rows: RowsWriter;
  readonly ownership: Ownership;
  readonly found: Found;
}

function writer({ path, pathOf, described, rows, ownership, found }: WriterParts): RunFolderWriter {
  let open = true;
  let isDecided = false; // the new run is the complete one, although its files could not be put in place
  const isReplacing = pathOf(outcomeName) !== join(path, outcomeName);
  const requireOpen = (what: string): void => {
    if (!open) throw DefinitionError.at(path, `${what} after the folder was completed or abandoned`);
  };
  const [definitionHash, numerics] = [textHash(canonicalJson(described.definition)), numericsOf(described.environment)];
  let keepsEnd = false;
  const { resumption, refused } = found;
  const leave = (): void => {
    open = false;
    rows.close();
    ownership.release();
  };
  return {
    path,
    resumed: resumption && { checkpoint: resumption.checkpoint, rows: resumption.rows, folder: resumption.folder },
    refused,
    checkpoint(checkpoint, isEnd = false) {
      requireOpen("checkpoint");
      const place = { definitionHash, numerics, rowCount: rows.count, rowsHash: rows.flush(), isEnd };
      ownership.requireHeld();
      writeCheckpoint(pathOf, { checkpoint, place });
      keepsEnd = isEnd;
    },
    weights(name, bytes) {
      requireOpen("weights");
      const file = join(path, weightsFolder, `${requirePlainName("weights", name)}.safetensors`);
      ownership.requireHeld();
      makeFolder(dirname(file));
      writeAtomically(file, bytes);
      return file;
    },
    appendRow(row) {
      requireOpen("appendRow");
      rows.append(row);
    },
    complete(outcome) {
      requireOpen("complete");
      canonicalJson(outcome);
      const resultHash = rows.finish();
      ownership.requireHeld();
      const files = { ...described, rows: { hash: resultHash, count: rows.count, torn: false } };
      writeAtomically(pathOf(outcomeName), `${canonicalJson(sealOutcome(outcome, files, textHash))}\n`);
      isDecided = true;
      finishReplacing(path);
      finishCheckpoints();
      leave();
      return resultHash;
    },
    abandon,
    [Symbol.dispose]: abandon,
  };

  /** Checkpoints of a complete run: the state at its end stays, which a longer one goes on from. That one could not be moved makes the run no less complete. */
  function finishCheckpoints(): void {
    const own = attemptIn(path).pathOf;
    try {
      if (isReplacing && keepsEnd) moveLatest(pathOf, own);
      if (isReplacing) removeCheckpoints(pathOf);
      removeCheckpoints(own, isReplacing || keepsEnd);
    } catch (error) {
      if (!isSteepestError(error)) throw error;
    }
  }

  function abandon(): void {
    if (!open) return;
    rows.close();
    if (isReplacing && !isDecided && !hasCheckpoint(pathOf) && ownership.isHeld()) removeAttempt(pathOf);
    leave();
  }
}

/** Puts the files of a new complete run in the place of the old one's, if there is one; after an interruption it continues. The outcome goes last. */
function finishReplacing(path: string): void {
  if (!existsSync(join(path, freshName(outcomeName)))) return;
  storing(path, "replace the complete run", () => {
    for (const name of recordFiles) {
      if (existsSync(join(path, freshName(name)))) renameSync(join(path, freshName(name)), join(path, name));
      syncFolder(path);
    }
  });
}

/**
 * Reads a complete run.
 *
 * @param path  path of the run folder
 * @returns the run, or undefined if there is none or it is not complete
 * @throws StorageError  if it cannot be read
 * @throws DataError     if its files were changed after they were written, or something else stands in their place
 */
export function readRunFolder(path: string): RunFolder | undefined {
  try {
    return readAsItIs(path);
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    return readAsItIs(path); // another process may have replaced the run while it was read
  }
}

function readAsItIs(path: string): RunFolder | undefined {
  const isBeingReplaced = existsSync(join(path, freshName(outcomeName)));
  const pathOf = (name: string): string => {
    const fresh = join(path, freshName(name));
    return isBeingReplaced && existsSync(fresh) ? fresh : join(path, name);
  };
  const outcomePath = pathOf(outcomeName);
  if (!existsSync(outcomePath)) return undefined;
  const sealed = parseSealedOutcome(outcomePath, parseJson(outcomePath, readText(outcomePath)), textHash);
  const { rows, hash, torn } = there(pathOf("rows.jsonl"), readRows);
  const [definition, environment] = ["definition.json", "environment.json"].map((name) =>
    there(pathOf(name), (file) => parseJson(file, readText(file))),
  );
  requireUnchanged(pathOf, { definition, environment, rows: { hash, count: rows.length, torn } }, sealed, textHash);
  return { path, definition, environment, rows, outcome: sealed.outcome, resultHash: hash, sealed };
}

/** Reads a file that a complete run has. @throws DataError  if it has none */
function there<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (error) {
    if (!isSteepestError(error) || error.value !== "ENOENT") throw error;
    return refuseChanged(path, "is missing although the run is complete", undefined, error);
  }
}

/** Largest size of a JSON file of a run folder, far above that of any real one. */
const mostJsonBytes = 2 ** 24;

/** The text of a JSON file. */
function readText(path: string): string {
  return readRegular(path, mostJsonBytes).toString("utf8");
}

function refuseComplete(path: string): void {
  if (!existsSync(join(path, outcomeName)) && !existsSync(join(path, freshName(outcomeName)))) return;
  throw RunCompleteError.at(path, "the run is complete and is not overwritten", {
    hint: "read it with readRunFolder, or set fresh: true to make it again",
  });
}
