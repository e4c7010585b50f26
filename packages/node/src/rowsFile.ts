import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { type RowsFile, RowsParser, rowLine } from "@steepest/core/internal";
import { runningHash } from "./hashOf.js";
import { readRegular, storing } from "./storage.js";

/** Appends rows, one canonical JSON line each, and hashes them on the way. */
export class RowsWriter {
  readonly #path: string;
  readonly #handle: number;
  readonly #hash = runningHash();
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
    const line = Buffer.from(rowLine(row));
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
    return this.#hash.hex();
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
