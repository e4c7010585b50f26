import { shown } from "@steepest/kernels";
import { nearest } from "../check/nearest.js";
import { requireBoolean, requireFunction, requireInteger, requireObject, requireText } from "../check/require.js";
import { canonicalJson } from "../json/canonicalJson.js";
import type { RecordFile } from "./files.js";
import { refuseChanged } from "./refuseChanged.js";
import type { RowsFile } from "./row.js";

/**
 * The seal of a complete run: what its outcome.json says about the content of the folder. Hashes are SHA-256 in hex; those of JSON are of its canonical text.
 * Runs of earlier versions have none but `resultHash`.
 */
export interface Seal {
  /** Hash of the bytes of rows.jsonl. */
  readonly resultHash: string;
  readonly rowCount: number;
  /** Hash of definition.json. */
  readonly definitionHash?: string;
  /** Hash of environment.json. */
  readonly environmentHash?: string;
  /** Hash of the outcome and all of the above. */
  readonly endHash?: string;
}

/** The content of outcome.json. */
export interface SealedOutcome extends Seal {
  /** The end of the run, as it was given to `sealOutcome`; not checked here. */
  readonly outcome: unknown;
}

/** SHA-256 of a text in UTF-8, in hex. */
export type TextHash = (text: string) => string;

/** The files of a run folder beside outcome.json, as far as they were read. */
export interface RecordedFiles {
  readonly definition?: unknown;
  readonly environment?: unknown;
  /** The hash of the bytes, the number of lines, and whether there is more after the last of them. */
  readonly rows?: Omit<RowsFile, "rows"> & { readonly count: number };
}

const hashed = { definitionHash: "definition.json", environmentHash: "environment.json" } as const;
const members: readonly string[] = ["outcome", "resultHash", "rowCount", ...Object.keys(hashed), "endHash"];

/**
 * The content of outcome.json of a complete run.
 *
 * @param outcome  plain data
 * @param files    definition, environment, and hash and count of the rows
 * @param hash     SHA-256 of a text, in hex
 * @returns the content, to be written as canonical JSON
 * @throws DefinitionError  if something of it is not plain data
 */
export function sealOutcome(outcome: unknown, files: Required<RecordedFiles>, hash: TextHash): SealedOutcome {
  const { definition, environment, rows } = requireObject("files", files);
  requireFunction("hash", hash);
  const { hash: resultHash, count: rowCount } = checkRows("files.rows", rows);
  const [definitionHash, environmentHash] = [definition, environment].map((json) => hash(canonicalJson(json))) as [string, string];
  const said = { outcome, resultHash, rowCount, definitionHash, environmentHash };
  return { ...said, endHash: hash(canonicalJson(said)) };
}

/**
 * The content of an outcome.json, checked against its own hashes. A version that writes hashes writes all of them; older ones write none.
 *
 * @param path  path of the file, for messages
 * @param json  the decoded file
 * @param hash  SHA-256 of a text, in hex
 * @returns the content
 * @throws DataError  naming what is not as it should be
 */
export function parseSealedOutcome(path: string, json: unknown, hash: TextHash): SealedOutcome {
  requireText("path", path);
  requireFunction("hash", hash);
  const sealed = (typeof json === "object" && json !== null ? json : {}) as Partial<SealedOutcome>;
  const { endHash, ...said } = sealed;
  const { resultHash, rowCount, definitionHash, environmentHash } = said;
  const need = (name: string, value: unknown, holds: boolean, expected: string): void => {
    const got = value === undefined ? "nothing" : shown(value);
    if (!holds) refuseChanged(path, `has ${name} ${got}, expected ${expected}`, value);
  };
  need("resultHash", resultHash, isHash(resultHash), "a SHA-256 in hex");
  need("rowCount", rowCount, Number.isSafeInteger(rowCount) && rowCount! >= 0, "an integer from 0 on");
  const unknown = Object.keys(sealed).find((key) => !members.includes(key));
  if (unknown !== undefined) {
    const near = nearest(unknown, members);
    refuseChanged(path, `has an unknown key "${unknown}", expected ${near ?? members.join(", ")}`, unknown);
  }
  const hashes = { definitionHash, environmentHash, endHash };
  if (Object.values(hashes).every((value) => value === undefined)) return sealed as SealedOutcome;
  for (const [name, value] of Object.entries(hashes)) need(name, value, isHash(value), "a SHA-256 in hex");
  const found = hash(canonicalJson(said));
  if (endHash !== found)
    refuseChanged(path, `has other content than it was written with: SHA-256 ${found}, expected ${endHash} as its endHash says`, found);
  return sealed as SealedOutcome;
}

/**
 * Refuses files that are not those that a run was completed with, as far as its outcome.json says what they were.
 *
 * @param pathOf  the path of a file of the folder, for messages
 * @throws DataError  naming the file
 */
export function requireUnchanged(pathOf: (file: RecordFile) => string, found: RecordedFiles, seal: Seal, hash: TextHash): void {
  requireFunction("pathOf", pathOf);
  requireFunction("hash", hash);
  const { rows, definition, environment } = requireObject("found", found);
  if (rows !== undefined) checkRows("found.rows", rows);
  requireObject("seal", seal);
  for (const name of ["resultHash", "definitionHash", "environmentHash"] as const) {
    if (seal[name] !== undefined || name === "resultHash") requireText(`seal.${name}`, seal[name]!);
  }
  requireInteger("seal.rowCount", seal.rowCount, 0);
  const { resultHash, rowCount, definitionHash, environmentHash } = seal;
  const requireHash = (file: RecordFile, value: string, expected: string): void => {
    if (value !== expected) refuseChanged(pathOf(file), `has SHA-256 ${value}, expected ${expected} as outcome.json says`, value);
  };
  if (rows?.torn) refuseChanged(pathOf("rows.jsonl"), "ends within a line although the run is complete", rows.count);
  if (rows) requireHash("rows.jsonl", rows.hash, resultHash);
  if (rows && rows.count !== rowCount)
    refuseChanged(pathOf("outcome.json"), `has rowCount ${rowCount}, expected ${rows.count} as rows.jsonl has`, rowCount);
  if (definition !== undefined && definitionHash !== undefined)
    requireHash("definition.json", hash(canonicalJson(definition)), definitionHash);
  if (environment !== undefined && environmentHash !== undefined)
    requireHash("environment.json", hash(canonicalJson(environment)), environmentHash);
}

const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

function checkRows(path: string, rows: Required<RecordedFiles>["rows"]): Required<RecordedFiles>["rows"] {
  const { hash, count, torn } = requireObject(path, rows);
  requireText(`${path}.hash`, hash);
  requireInteger(`${path}.count`, count, 0);
  requireBoolean(`${path}.torn`, torn);
  return rows;
}
