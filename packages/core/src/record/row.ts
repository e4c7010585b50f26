import { requireFunction, requireObject, requireText } from "../check/require.js";
import { canonicalJson, decodeJson } from "../json/canonicalJson.js";
import { refuseChanged } from "./refuseChanged.js";

/** A recorded moment: plain data, whose numbers may be NaN, infinite or -0. */
export type RecordedRow = Readonly<Record<string, unknown>>;

/** The content of a rows.jsonl. */
export interface RowsFile {
  readonly rows: readonly RecordedRow[];
  /** SHA-256 of the file, in hex. */
  readonly hash: string;
  /** The writer was interrupted within a last line, which is not among `rows`. */
  readonly torn: boolean;
}

/** SHA-256 of bytes that come in pieces, from the host. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** The hash of all pieces, in hex; asked once. */
  hex(): string;
}

/** The line of a row, with its line feed. @throws DefinitionError  if the row is not plain data */
export function rowLine(row: object): string {
  return `${canonicalJson(requireObject("row", row))}\n`;
}

/** Reads rows from the bytes of a file as they come: a file may be longer than the longest string. */
export class RowsParser {
  readonly #path: string;
  readonly #hash: RunningHash;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #rows: RecordedRow[] = [];
  /** Bytes of the line that has not ended yet. */
  #parts: Uint8Array[] = [];

  /**
   * @param path  name of the file in errors
   * @param hash  a hash that has begun
   */
  constructor(path: string, hash: RunningHash) {
    this.#path = requireText("path", path);
    this.#hash = requireObject("hash", hash);
    requireFunction("hash.update", hash.update);
    requireFunction("hash.hex", hash.hex);
  }

  get count(): number {
    return this.#rows.length;
  }

  /** Takes a piece of the file. @param bytes  kept until their lines have ended  @throws DataError  if a line is not a row */
  push(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      this.#rows.push(this.#parse([...this.#parts, bytes.subarray(start, end)]));
      this.#parts = [];
      start = end + 1;
    }
    if (start < bytes.length) this.#parts.push(bytes.subarray(start));
  }

  finish(): RowsFile {
    return { rows: this.#rows, hash: this.#hash.hex(), torn: this.#parts.length > 0 };
  }

  #parse(parts: readonly Uint8Array[]): RecordedRow {
    const line = this.count + 1;
    try {
      const row = decodeJson(parts.map((part) => this.#decoder.decode(part, { stream: true })).join("") + this.#decoder.decode());
      if (typeof row === "object" && row !== null && !Array.isArray(row)) return row as RecordedRow;
    } catch (cause) {
      return refuseChanged(this.#path, `line ${line} is not JSON: ${(cause as Error).message}`, line, cause);
    }
    return refuseChanged(this.#path, `line ${line} is not a row, expected a JSON object`, line);
  }
}

const newline = "\n".charCodeAt(0);
