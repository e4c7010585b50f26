import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { canonicalJson, decodeJson } from "@steepest/core";
import { refuseChanged } from "@steepest/core/internal";
import { readRegular, storing } from "./storage.js";

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

  /** Starts an empty file in the place of any other, even one that is still being written; a link or a pipe is removed, not opened. @throws StorageError */
  constructor(path: string) {
    this.#path = path;
    this.#handle = storing(path, "open the file", () => {
      rmSync(path, { force: true });
      return openSync(path, "wx");
    });
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

/** Reads rows from the bytes of a file as they come: a file may be longer than the longest string. */
export class RowsParser {
  readonly #path: string;
  readonly #hash = createHash("sha256");
  readonly #rows: RecordedRow[] = [];
  /** Bytes of the line that has not ended yet. */
  #parts: Uint8Array[] = [];

  /** @param path  name of the file in errors */
  constructor(path: string) {
    this.#path = path;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Takes a piece of the file. @param bytes  kept until their lines have ended  @throws DataError  if a line is not a row */
  push(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      const line = [...this.#parts, bytes.subarray(start, end)];
      this.#parts = [];
      this.#rows.push(parseRow(this.#path, this.count + 1, line));
      start = end + 1;
    }
    if (start < bytes.length) this.#parts.push(bytes.subarray(start));
  }

  finish(): RowsFile {
    return { rows: this.#rows, hash: this.#hash.digest("hex"), torn: this.#parts.length > 0 };
  }
}

const newline = "\n".charCodeAt(0);

/**
 * The rows of a run that may still be going on.
 *
 * @param path  path of a rows.jsonl
 * @returns the rows, the hash of the file, and whether its last line is torn
 * @throws StorageError  if the file cannot be read
 * @throws DataError     if it is not a regular file, or a line other than a torn last one is not a row
 */
export function readRows(path: string): RowsFile {
  const parser = new RowsParser(path);
  parser.push(readRegular(path));
  return parser.finish();
}

function parseRow(path: string, line: number, parts: readonly Uint8Array[]): RecordedRow {
  try {
    const row = decodeJson(Buffer.concat(parts).toString("utf8"));
    if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as RecordedRow;
  } catch (cause) {
    return refuseChanged(path, `line ${line} is not JSON: ${(cause as Error).message}`, line, cause);
  }
  return refuseChanged(path, `line ${line} is not a row, expected a JSON object`, line);
}
