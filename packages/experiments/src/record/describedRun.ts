import { type RecordFile, type RowsFile, requireUnchanged, type TextHash } from "@steepest/core/internal";
import { parseRun } from "./definition.js";
import { parseEnd, type SealedEnd } from "./end.js";
import { requireEndOfRows } from "./endOfRows.js";
import { type NamedRun, requireNamed } from "./name.js";
import { parseRows, type Row } from "./row.js";

/** The decoded files of a run folder beside its rows. */
export interface DecodedFiles {
  /** The path of a file of the folder, for messages. */
  readonly pathOf: (file: RecordFile) => string;
  /** Name of the folder; undefined where the caller knows the run and compares. */
  readonly name: string | undefined;
  readonly definition: unknown;
  /** Undefined if there is no environment.json. */
  readonly environment: unknown;
  /** Undefined while the run is incomplete. */
  readonly outcome: unknown;
}

/** A run folder before its rows are read: definition, environment and end, which fit each other. */
export interface DescribedRun extends NamedRun {
  /** Undefined while the run is incomplete. */
  readonly sealed: SealedEnd | undefined;
}

/**
 * A run as its folder describes it.
 *
 * @param files  the decoded files of the folder
 * @param hash   SHA-256 of a text, in hex
 * @returns the run without its rows
 * @throws DataError  naming the file that is not as it should be
 */
export function parseDescribedRun({ pathOf, name, definition, environment, outcome }: DecodedFiles, hash: TextHash): DescribedRun {
  const sealed = outcome === undefined ? undefined : parseEnd(pathOf("outcome.json"), outcome, hash);
  const run = parseRun(pathOf("definition.json"), definition);
  const described = { pathOf, run, environment: environment ?? {}, sealed };
  if (sealed) requireUnchanged(pathOf, { definition, environment }, sealed, hash); // before the name, which does not tell which file was changed
  if (name !== undefined) requireNamed(described, name, hash);
  return described;
}

/**
 * The rows of a run: one number for every probe of its definition; of a complete run unchanged since then, with an end that they do not contradict. A torn
 * last line of an incomplete run is left out.
 *
 * @param described  the run
 * @param file       its rows.jsonl
 * @param hash       SHA-256 of a text, in hex
 * @returns the rows
 * @throws DataError  naming the file and the line
 */
export function recordedRows(
  { pathOf, run, sealed }: DescribedRun,
  { rows: found, hash: rowsHash, torn }: RowsFile,
  hash: TextHash,
): readonly Row[] {
  const rows = parseRows(pathOf("rows.jsonl"), found, run);
  if (sealed) requireUnchanged(pathOf, { rows: { hash: rowsHash, count: found.length, torn } }, sealed, hash);
  if (sealed) requireEndOfRows({ path: pathOf("outcome.json"), end: sealed.end, rows, run });
  return rows;
}
