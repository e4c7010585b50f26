import { join } from "node:path";
import { DataError } from "@steepest/core";
import { parseJson } from "./parseJson.js";
import type { RowsFile } from "./rowsFile.js";

/** What outcome.json says about a complete run. */
export interface Completion {
  /** Whatever the run was completed with; not looked at here. */
  readonly outcome: unknown;
  /** SHA-256 of rows.jsonl. */
  readonly resultHash: string;
  readonly rowCount: number;
}

/** @throws DataError  if the text is not that of an outcome.json */
export function parseCompletion(path: string, text: string): Completion {
  const value = parseJson(path, text);
  const { resultHash, rowCount } = (value ?? {}) as Partial<Completion>;
  const isHash = typeof resultHash === "string" && /^[0-9a-f]{64}$/.test(resultHash);
  if (isHash && Number.isSafeInteger(rowCount) && rowCount! >= 0) return value as Completion;
  throw new DataError(`${path}: does not say how a run was completed, expected resultHash, a SHA-256 in hex, and rowCount, a count`, {
    path,
    value,
    hint: "the file was changed after the run; remove the folder, or make the run again with fresh",
  });
}

/** @throws DataError  if the rows in a run folder are not those that the run was completed with, in content or in number */
export function requireUnchanged(
  folder: string,
  { hash, rows }: Pick<RowsFile, "hash" | "rows">,
  { resultHash, rowCount }: Pick<Completion, "resultHash" | "rowCount">,
): void {
  if (hash !== resultHash)
    refuse(folder, "rows.jsonl", `rows.jsonl has SHA-256 ${hash}, expected ${resultHash} as outcome.json says`, hash);
  if (rows.length === rowCount) return;
  refuse(folder, "outcome.json", `outcome.json says that there are ${rowCount} rows, expected the ${rows.length} of rows.jsonl`, rowCount);
}

function refuse(folder: string, file: string, problem: string, value: unknown): never {
  throw new DataError(`${folder}: ${problem}`, {
    path: join(folder, file),
    value,
    hint: `${file} was changed after the run; remove the folder, or make the run again with fresh`,
  });
}
