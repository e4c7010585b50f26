import { createHash } from "node:crypto";
import { closeSync, constants, fsyncSync, ftruncateSync, openSync, rmSync, writeSync } from "node:fs";
import { type RowsFile, RowsParser, rowLine } from "@steepest/core/internal";
import { runningHash } from "./hashOf.js";
import { readRegular, storing } from "./storage.js";

/** Flags that open a regular file at its end, and no link; Windows lacks the last one. */
const plainAppend = constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

const nothing = { lines: new Uint8Array(0), count: 0, isThere: false };

/** Appends rows, one canonical JSON line each, and hashes them on the way. */
export class RowsWriter {
  readonly #path: string;
  readonly #handle: number;
  readonly #hash = createHash("sha256");
  #count = 0;
  #open = true;

  /**
   * Starts a file in the place of any other, even one that is still being written; a link or a pipe is removed, not opened.
   *
   * @param begin  whole lines that it begins with; those that the file holds already stay where they are, whenever the process ends, and what follows them is cut off
   * @throws StorageError
   */
  constructor(path: string, begin: { readonly lines: Uint8Array; readonly count: number; readonly isThere: boolean } = nothing) {
    const { lines, count, isThere } = begin;
    this.#path = path;
    this.#handle = storing(path, "open the file", () => {
      if (!isThere) rmSync(path, { force: true });
      return openSync(path, isThere ? plainAppend : "wx");
    });
    try {
      if (isThere) storing(path, "cut the rows off", () => ftruncateSync(this.#handle, lines.length));
      else this.#write(lines);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#hash.update(lines);
    this.#count = count;
  }

  get count(): number {
    return this.#count;
  }

  /** Makes the rows so far durable, and returns their hash. @throws StorageError */
  flush(): string {
    storing(this.#path, "flush the rows", () => fsyncSync(this.#handle));
    return this.#hash.copy().digest("hex");
  }

  /** The line is with the operating system when this returns, so that ending the process loses nothing. @throws StorageError, DefinitionError */
  append(row: object): void {
    const line = Buffer.from(rowLine(row));
    this.#write(line);
    this.#hash.update(line);
    this.#count++;
  }

  /** Makes the rows durable and returns their hash. @throws StorageError */
  finish(): string {
    const hash = this.flush();
    this.close();
    return hash;
  }

  #write(bytes: Uint8Array): void {
    storing(this.#path, "append a row", () => {
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#handle, bytes, written);
    });
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
 * @param path  path of a rows.jsonl
 * @returns the rows, the hash of the file, and whether its last line is torn
 * @throws StorageError  if the file cannot be read
 * @throws DataError     if it is not a regular file, or a line other than a torn last one is not a row
 */
export function readRows(path: string): RowsFile {
  const parser = new RowsParser(path, runningHash());
  parser.push(readRegular(path));
  return parser.finish();
}
