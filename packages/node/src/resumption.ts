import { existsSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson, isSteepestError, type SteepestError } from "@steepest/core";
import { parseJson, type RecordedRow, RowsParser, refuseChanged } from "@steepest/core/internal";
import { type Checkpoint, type CheckpointPlace, parseCheckpoint } from "./checkpoint.js";
import { checkpointNames, type PathOf } from "./checkpointFiles.js";
import { runningHash, textHash } from "./hashOf.js";
import { readRegular } from "./storage.js";

/** A recorded run that another may go on from. */
export interface RecordedRun {
  readonly definition: unknown;
  readonly environment: unknown;
}

/** The runs that one may go on from. */
export interface ResumeOptions {
  /** Folders of runs that may be the beginning of this one. Default none: only an interrupted attempt in the folder itself is gone on with. */
  readonly earlier?: readonly string[] | undefined;
  /** True for a run that is the beginning of this one, or this one itself. */
  readonly accepts: (recorded: RecordedRun) => boolean;
  /** true: with `fresh`, the state at the end of the complete run that is made again is gone on from too. Default false. */
  readonly fromItself?: boolean | undefined;
  /** The reason why a run cannot go on from there although the checkpoint is sound; undefined: it can. Absent: always. */
  readonly lacks?: ((found: Pick<Resumption, "rows" | "folder" | "checkpoint">) => SteepestError | undefined) | undefined;
}

/** A checkpoint to go on from, and the rows up to there. */
export interface Resumption {
  readonly checkpoint: Checkpoint;
  readonly rows: readonly RecordedRow[];
  /** Folder of the checkpoint. */
  readonly folder: string;
  /** true: the rows are those of the attempt that goes on, in their place. */
  readonly isOwn: boolean;
  /** Those rows as they stand in rows.jsonl. */
  readonly bytes: Uint8Array;
}

/** A checkpoint that was found, or none, and those that could not be taken. */
export interface Found {
  readonly resumption: Resumption | undefined;
  readonly refused: readonly SteepestError[];
}

/** An attempt at a run, complete or not. */
interface Attempt {
  readonly folder: string;
  readonly pathOf: PathOf;
  /** true: the one that goes on. */
  readonly isOwn: boolean;
}

/** An attempt in a folder under the plain names. */
export const attemptIn = (folder: string): Attempt => ({ folder, pathOf: (name) => join(folder, name), isOwn: false });

/**
 * The checkpoint to go on from: of the attempt itself and those of earlier runs the one with most rows, of each the latest that can be taken, or else the one before it.
 *
 * @param own      the attempt that goes on
 * @param wanted   definition and environment of the run
 * @param options  the folders of earlier runs, and which of them are its beginning
 */
export function findResumption(own: Omit<Attempt, "isOwn">, wanted: RecordedRun, options: ResumeOptions): Found {
  const refused: SteepestError[] = [];
  const attempts = [{ ...own, isOwn: true }, ...(options.earlier ?? []).map(attemptIn)];
  const found = attempts.flatMap((attempt) => firstUsable(attempt, wanted, options, refused) ?? []);
  const resumption = found.reduce<Resumption | undefined>(
    (best, one) => (best && best.rows.length >= one.rows.length ? best : one),
    undefined,
  );
  return { resumption, refused };
}

/**
 * The latest state that the folder of a run keeps, which is its last one where the run came to its end by its stop rule.
 *
 * @param folder    the folder of the run, which nobody writes to
 * @param numerics  `numerics` of the environment of this build
 * @returns undefined if there is none that this build can go on from
 * @throws StorageError  if definition or environment of the run cannot be read
 */
export function latestCheckpoint(folder: string, numerics: string): Resumption | undefined {
  const options = { accepts: () => true };
  return firstUsable(attemptIn(folder), { definition: undefined, environment: { numerics } }, options, []);
}

function firstUsable(
  attempt: Attempt,
  wanted: RecordedRun,
  { accepts, lacks }: ResumeOptions,
  refused: SteepestError[],
): Resumption | undefined {
  if (!existsSync(attempt.pathOf("definition.json"))) return undefined; // what is left where an attempt has taken the place of a run
  const paths = checkpointNames.map(attempt.pathOf).filter((path) => existsSync(path));
  for (const path of paths) {
    try {
      const found = usable(path, attempt, wanted, accepts);
      const lack = found && lacks?.(found);
      if (lack) refused.push(lack);
      else if (found) return found;
    } catch (error) {
      if (!isSteepestError(error)) throw error;
      refused.push(error);
    }
  }
  return undefined;
}

const mostJsonBytes = 2 ** 24;

/** The checkpoint of a file; undefined if it is one of a run that this one does not begin with. @throws DataError, StorageError  if it cannot be taken */
function usable(
  path: string,
  { folder, pathOf, isOwn }: Attempt,
  wanted: RecordedRun,
  accepts: ResumeOptions["accepts"],
): Resumption | undefined {
  const [definition, environment] = ["definition.json", "environment.json"].map((name) => {
    const file = pathOf(name);
    return parseJson(file, readRegular(file, mostJsonBytes).toString("utf8"));
  });
  if (!accepts({ definition, environment })) return undefined;
  const { checkpoint, place } = parseCheckpoint(path, readRegular(path));
  const definitionHash = textHash(canonicalJson(definition));
  if (place.definitionHash !== definitionHash)
    refuseChanged(path, `is of another definition: SHA-256 ${place.definitionHash}, expected ${definitionHash}`, place.definitionHash);
  const numerics = numericsOf(wanted.environment);
  if (place.numerics !== numerics)
    refuseChanged(path, `is of another build: numerics ${place.numerics}, expected ${numerics}`, place.numerics);
  const bytes = firstRows(pathOf("rows.jsonl"), path, place);
  const parser = new RowsParser(pathOf("rows.jsonl"), runningHash());
  parser.push(bytes);
  return { checkpoint, rows: parser.finish().rows, folder, bytes, isOwn };
}

/** The member `numerics` of an environment. */
export function numericsOf(environment: unknown): string | undefined {
  const { numerics } = (environment ?? {}) as { readonly numerics?: unknown };
  return typeof numerics === "string" ? numerics : undefined;
}

/** The bytes of the rows that a checkpoint is behind. @throws DataError  if they are not there, or others */
function firstRows(rowsPath: string, path: string, { rowCount, rowsHash }: CheckpointPlace): Uint8Array {
  const bytes = readRegular(rowsPath);
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    end = bytes.indexOf(newline, end) + 1;
    if (end === 0) return refuseChanged(path, `is behind ${rowCount} rows, ${rowsPath} has ${row}`, row);
  }
  const rows = bytes.subarray(0, end);
  const hash = runningHash();
  hash.update(rows);
  const found = hash.hex();
  if (found !== rowsHash) refuseChanged(path, `is behind rows of SHA-256 ${rowsHash}, those of ${rowsPath} have ${found}`, found);
  return rows;
}

const newline = "\n".charCodeAt(0);
