import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { canonicalJson, DataError, decodeJson } from "@steepest/core";
import { storing } from "./storage.js";

/** A recorded moment: plain data, whose numbers may be NaN, infinite or -0. */
export type RecordedRow = Readonly<Record<string, unknown>>;

export interface RowsFile {
  readonly rows: readonly RecordedRow[];
  /** SHA-256 of the file, in hex. */
  readonly hash: string;
  /** The writer was interrupted within a last line, which is not among `rows`. */
  readonly torn: boolean;
}

/** Appends rows, one canonical JSON line each, and hashes them on the way. */
export class RowsWriter {
  readonly #path: string;
  readonly #handle: number;
  readonly #hash = createHash("sha256");
  #count = 0;
  #open = true;

  /** Removes the rows that are there. @throws StorageError */
  constructor(path: string) {
    this.#path = path;
    this.#handle = storing(path, "open the file", () => openSync(path, "w"));
  }

  get count(): number {
    return this.#count;
  }

  /** The line is with the operating system when this returns, so that ending the process loses nothing. @throws StorageError, DefinitionError */
  append(row: object): void {
    const line = Buffer.from(`${canonicalJson(row)}\n`);
    storing(this.#path, "append a row", () => {
      let written = 0;
      while (written < line.length) written += writeSync(this.#handle, line, written);
    });
    this.#hash.update(line);
    this.#count++;
  }

  /** Makes the rows durable and returns their hash. @throws StorageError */
  finish(): string {
    storing(this.#path, "flush the rows", () => fsyncSync(this.#handle));
    this.close();
    return this.#hash.digest("hex");
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    storing(this.#path, "close the file", () => closeSync(this.#handle));
  }
}

/**
 * The rows of a run that may still be going on.
 *
 * @throws StorageError  if the file cannot be read
 * @throws DataError     if a line other than a torn last one is not a row
 */
export function readRows(path: string): RowsFile {
  const bytes = storing(path, "read the rows", () => readFileSync(path));
  const lines = bytes.toString("utf8").split("\n");
  const torn = lines.pop() !== "";
  return { rows: lines.map((line, i) => parseRow(path, i + 1, line)), hash: createHash("sha256").update(bytes).digest("hex"), torn };
}

function parseRow(path: string, line: number, text: string): RecordedRow {
  try {
    const row = decodeJson(text);
    if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as RecordedRow;
  } catch (cause) {
    throw new DataError(`${path}: line ${line} is not JSON: ${(cause as Error).message}`, { path, value: line, cause, hint });
  }
  throw new DataError(`${path}: line ${line} is not a row, expected a JSON object`, { path, value: line, hint });
}

const hint = "the file was changed after it was written; run again with a fresh folder";
