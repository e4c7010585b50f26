import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { DataError } from "@steepest/core";
import { readWeights } from "@steepest/formats";
import { hardLimits } from "../setup/limits.js";
import { mostSize, sizeProblem } from "./fileSize.js";

/** A file of initial weights. */
export interface WeightsFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
}

/**
 * Reads a dropped or chosen file of weights, unless the page would stand still over one of its size. That they are those of the network shows when they are placed.
 *
 * @throws DataError  whose message begins with the file's name
 */
export async function readWeightsFile(file: File): Promise<WeightsFile> {
  const { name, size } = file;
  const problem = sizeProblem(size);
  if (problem !== undefined)
    throw DataError.at(name, problem, { hint: `${mostSize}; the command line takes more: steepest run`, value: size });
  const bytes = new Uint8Array(await file.arrayBuffer());
  await readWeights(name, bytes, hardLimits.weightBytes);
  return { name, bytes, sha256: bytesToHex(sha256(bytes)) };
}
