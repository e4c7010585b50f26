import { decodeJson } from "@steepest/core";
import { refuseChanged } from "@steepest/core/internal";

export interface ParsedRows {
  /** The rows; their members are not checked. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** true: the file ends within a line, which is not among `rows`. */
  readonly torn: boolean;
}

/**
 * The lines of a rows.jsonl.
 *
 * @throws DataError  naming one that is no JSON object
 */
export function parseRows(path: string, text: string): ParsedRows {
  const lines = text.split("\n");
  const torn = lines.pop() !== "";
  return { rows: lines.map((line, i) => parseLine(path, i + 1, line)), torn };
}

function parseLine(path: string, line: number, text: string): Readonly<Record<string, unknown>> {
  let row: unknown;
  try {
    row = decodeJson(text);
  } catch (cause) {
    return refuseChanged(path, `line ${line} is not JSON: ${(cause as Error).message}`, line, cause);
  }
  if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as Record<string, unknown>;
  return refuseChanged(path, `line ${line} is not a row, expected a JSON object`, line);
}
