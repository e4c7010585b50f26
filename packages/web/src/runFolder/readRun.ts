import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { canonicalJson, DataError, decodeJson, isSteepestError } from "@steepest/core";
import { type ParsedRunName, parseEnd, parseRun, parseRunName, type RunDefinition } from "@steepest/experiments";
import type { OpenedRun } from "./openedRun.js";
import { parseRows } from "./parseRows.js";
import { refuse } from "./refuse.js";
import type { RunFile, RunFiles } from "./runFiles.js";

/**
 * Reads and checks one run folder. Without outcome.json the run is incomplete, which is no error: its whole lines are its rows.
 *
 * @throws DataError  if a file is missing, not what it should be, or was changed after the run
 */
export async function readRun({ path, files }: RunFiles): Promise<OpenedRun> {
  const bytesOf = (name: string) => read(`${path}/${name}`, files.get(name));
  const jsonOf = async (name: string): Promise<unknown> => {
    const bytes = await bytesOf(name);
    return bytes && parseJson(`${path}/${name}`, textOf(bytes));
  };
  const [study, name] = ["", ...path.split("/")].slice(-2) as [string, string];
  const definitionPath = `${path}/definition.json`;
  const run = parseRun(definitionPath, required(definitionPath, await jsonOf("definition.json")));
  const named = parseRunName(name);
  const environment = await jsonOf("environment.json");
  if (named) requireNamed(definitionPath, run, environment, named);

  const rowsPath = `${path}/rows.jsonl`;
  const rowsBytes = required(rowsPath, await bytesOf("rows.jsonl"));
  const { rows, torn } = parseRows(rowsPath, textOf(rowsBytes), run.record.probes);
  const outcome = await jsonOf("outcome.json");
  const opened = { path, study, arm: named?.arm ?? name, seed: run.seed, run, rows };
  if (outcome === undefined) return { ...opened, outcome, resultHash: undefined };
  if (torn) refuse(rowsPath, "ends within a line although the run is complete", rows.length);
  const { end, rowCount, resultHash } = parseEnd(`${path}/outcome.json`, outcome);
  const hash = hexOf(rowsBytes);
  if (hash !== resultHash) refuse(rowsPath, `has SHA-256 ${hash}, expected ${resultHash} as outcome.json says`, hash);
  if (rowCount !== rows.length)
    refuse(`${path}/outcome.json`, `has rowCount ${rowCount}, expected ${rows.length} as rows.jsonl has`, rowCount);
  return { ...opened, outcome: end.outcome, resultHash };
}

const hexOf = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));
const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** A folder is named after the seed, and the start of the hash of the run with the version of the numerics that made it. */
function requireNamed(path: string, run: RunDefinition, environment: unknown, named: ParsedRunName): void {
  if (named.seed !== run.seed) refuse(path, `has seed ${run.seed}, expected ${named.seed} as the folder's name says`, run.seed);
  const { numerics } = (environment ?? {}) as { readonly numerics?: unknown };
  const decisive = numerics === undefined ? run : { run, numerics };
  const hash = hexOf(new TextEncoder().encode(canonicalJson(decisive))).slice(0, named.hash.length);
  if (hash === named.hash) return;
  refuse(
    path,
    `has, with the numerics of environment.json, a SHA-256 of ${hash}..., expected ${named.hash}... as the folder's name says`,
    hash,
  );
}

/** A file may be gone, or closed to us, since it was listed. */
async function read(path: string, file: RunFile | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await file?.bytes();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { message } = cause as Error;
    throw new DataError(`${path}: cannot be read: ${message}`, { path, cause, hint: "open the folder again" });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return decodeJson(text);
  } catch (cause) {
    return refuse(path, `is not JSON: ${(cause as Error).message}`, undefined, cause);
  }
}

function required<T>(path: string, found: T | undefined): T {
  return found === undefined ? refuse(path, "is missing, expected a run folder with definition.json and rows.jsonl", found) : found;
}
