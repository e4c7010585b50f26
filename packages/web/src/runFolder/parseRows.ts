import { DataError, decodeJson } from "@steepest/core";
import type { Row } from "@steepest/experiments";

export interface ParsedRows {
  readonly rows: readonly Row[];
  /** The file ends within a line, which is not among `rows`. */
  readonly torn: boolean;
}

/**
 * The rows of a rows.jsonl: steps increase, and every probe is a number.
 *
 * @throws DataError  naming the line
 */
export function parseRows(path: string, text: string, probes: readonly string[]): ParsedRows {
  const lines = text.split("\n");
  const torn = lines.pop() !== "";
  let last = -1;
  const rows = lines.map((line, i) => {
    const row = parseLine(path, i + 1, line);
    const { step } = row;
    if (!Number.isSafeInteger(step) || (step as number) <= last) {
      refuse(path, i + 1, `has step ${JSON.stringify(step) ?? "nothing"}, expected an integer above ${last}`);
    }
    last = step as number;
    const missing = probes.find((probe) => typeof row[probe] !== "number");
    if (missing !== undefined) refuse(path, i + 1, `has no number for the probe ${missing} of its definition`);
    return row as unknown as Row;
  });
  return { rows, torn };
}

function parseLine(path: string, line: number, text: string): Readonly<Record<string, unknown>> {
  let row: unknown;
  try {
    row = decodeJson(text);
  } catch (cause) {
    return refuse(path, line, `is not JSON: ${(cause as Error).message}`, cause);
  }
  if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as Record<string, unknown>;
  return refuse(path, line, "is not a row, expected a JSON object");
}

function refuse(path: string, line: number, problem: string, cause?: unknown): never {
  throw new DataError(`${path}: line ${line} ${problem}`, { path, value: line, hint: "the file was changed after the run", cause });
}
