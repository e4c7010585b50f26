import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { DataError } from "@steepest/core";
import { readTable as readFormat } from "@steepest/formats";
import { hardLimits } from "../setup/limits.js";
import { mostSize, sizeProblem } from "./fileSize.js";
import { samplesOf, type Table } from "./samplesOf.js";

/** Most bytes that a dropped file unpacks to, and that its numbers take: the largest setup of the page. */
const mostBytes = 8 * hardLimits.samples * hardLimits.inputDim;

export interface TableFile extends Table {
  /** SHA-256 of the file's bytes, in hex. */
  readonly sha256: string;
}

/**
 * Reads a dropped or chosen table, unless the page would stand still over a file of its size.
 *
 * @throws DataError  whose message begins with the file's name
 */
export async function readTableFile(file: File): Promise<TableFile> {
  const { name, size } = file;
  const problem = sizeProblem(size);
  if (problem !== undefined) {
    const hint = `${mostSize}: leave out samples or digits; the command line takes more: steepest run`;
    throw DataError.at(name, problem, { hint, value: size });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { ...(await readTable(name, bytes)), sha256: bytesToHex(sha256(bytes)) };
}

/**
 * Samples from a file of any format that is read, by its content and not by how its name ends.
 *
 * @throws DataError  whose message begins with the name
 */
export async function readTable(name: string, bytes: Uint8Array): Promise<Table> {
  return samplesOf(name, await readFormat({ name, bytes }, { mostBytes }));
}
