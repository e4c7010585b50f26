import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { DataError, isSteepestError } from "@steepest/core";
import { parseJson, parseRunName, type RecordFile, RowsParser, type RunningHash, type TextHash } from "@steepest/core/internal";
import { type DescribedRun, parseDescribedRun, parseRun, type Row, type RunDefinition, recordedRows } from "@steepest/experiments";
import type { RunFiles } from "./runFiles.js";

/** A run folder after reading; its rows are checked against `sealed`, which is undefined while the run is interrupted or still being written. */
export interface OpenedRun extends DescribedRun {
  /** Path of the folder at the time of opening. */
  readonly path: string;
  /** Name of the folder that holds it; "" if it was opened by itself. */
  readonly study: string;
  readonly arm: string;
  readonly rows: readonly Row[];
}

/**
 * Reads and checks one run folder. Without outcome.json the run is incomplete, which is no error: its whole lines are its rows.
 *
 * @throws DataError  if a file is missing, not what it should be, or was changed after the run
 */
export async function readRun(folder: RunFiles): Promise<OpenedRun> {
  const { path } = folder;
  const [study, name] = ["", ...path.split("/")].slice(-2) as [string, string];
  const pathOf = (file: RecordFile): string => `${path}/${file}`;
  const definition = required(pathOf("definition.json"), await readJson(folder, "definition.json"));
  const environment = await readJson(folder, "environment.json");
  const outcome = await readJson(folder, "outcome.json");
  const described = parseDescribedRun({ pathOf, name, definition, environment, outcome }, textHash);

  const parser = new RowsParser(pathOf("rows.jsonl"), runningHash());
  parser.push(required(pathOf("rows.jsonl"), await readFile(folder, "rows.jsonl")));
  const rows = recordedRows(described, parser.finish(), textHash);
  return { ...described, path, study, arm: parseRunName(name)?.arm ?? name, rows };
}

/** The definition of a run folder, without its rows. @throws DataError  if it is not the definition of a run */
export async function readDefinition(files: RunFiles): Promise<RunDefinition> {
  const path = `${files.path}/definition.json`;
  return parseRun(path, required(path, await readJson(files, "definition.json")));
}

/**
 * The bytes of a file of a run folder; undefined if there is none of that name. It may be gone, or closed to us, since it was listed.
 *
 * @throws DataError
 */
async function readFile({ path, files }: RunFiles, name: RecordFile): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await files.get(name)?.bytes();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { message } = cause as Error;
    throw DataError.at(`${path}/${name}`, `cannot be read: ${message}`, { cause, hint: "open the folder again" });
  }
}

/** The decoded content of a JSON file of a run folder; undefined if there is none. @throws DataError */
async function readJson(files: RunFiles, name: RecordFile): Promise<unknown> {
  const bytes = await readFile(files, name);
  return bytes && parseJson(`${files.path}/${name}`, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** A required part of a run folder. @throws DataError  if it is undefined */
function required<T>(path: string, found: T | undefined): T {
  if (found !== undefined) return found;
  const hint = "open a folder that steepest run has written, unchanged";
  throw DataError.at(path, "is missing, expected a run folder with definition.json and rows.jsonl", { value: found, hint });
}

/** SHA-256 of a text in UTF-8, in hex. */
const textHash: TextHash = (text) => bytesToHex(sha256(new TextEncoder().encode(text)));

/** SHA-256 of bytes that come in pieces. */
function runningHash(): RunningHash {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), hex: () => bytesToHex(hash.digest()) };
}
