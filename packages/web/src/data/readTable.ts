import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { textEncoding } from "@steepest/formats";
import { readCsv } from "./csv.js";
import { mostSize, sizeProblem } from "./fileSize.js";
import { isNpy, readNpy } from "./npy.js";
import type { Table } from "./samplesOf.js";
import { TableError } from "./tableError.js";

const kinds = "a CSV table, or one array that numpy.save wrote (.npy; .npz archives are not read)";

export interface TableFile extends Table {
  /** SHA-256 of the file's bytes, in hex. */
  readonly sha256: string;
}

/**
 * Reads a dropped or chosen table, unless the page would stand still over a file of its size.
 *
 * @throws TableError  whose message begins with the file's name
 */
export async function readTableFile(file: File): Promise<TableFile> {
  const { name, size } = file;
  const problem = sizeProblem(size);
  if (problem !== undefined) {
    throw new TableError(`${name}: ${problem}`, `${mostSize}: leave out samples or digits; the command line takes more: steepest run`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { ...readTable(name, bytes), sha256: bytesToHex(sha256(bytes)) };
}

/**
 * Samples from a file, by its content and not by how its name ends.
 *
 * @throws TableError  whose message begins with the name
 */
export function readTable(name: string, bytes: Uint8Array): Table {
  try {
    return samplesIn(bytes);
  } catch (error) {
    if (error instanceof TableError) throw new TableError(`${name}: ${error.message}`, error.hint);
    throw error;
  }
}

function samplesIn(bytes: Uint8Array): Table {
  if (isNpy(bytes)) return readNpy(bytes);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2]! <= 8; // "PK" and a record's number
  if (isZip) throw new TableError("the file is a zip archive, as .npz and .xlsx are", kinds);
  const encoding = textEncoding(bytes); // spreadsheets save "Unicode text" as UTF-16
  if (encoding === "utf-32le" || encoding === "utf-32be") throw new TableError("the file is in UTF-32", "save it as UTF-8");
  if (encoding === "utf-8" && bytes.includes(0)) throw new TableError("the file is not text", kinds);
  return readCsv(new TextDecoder(encoding).decode(bytes));
}
