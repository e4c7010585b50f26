import { createHash, type Hash } from "node:crypto";
import { endianness } from "node:os";
import type { LabelledData } from "@steepest/core";
import { type DatasetDefinition, type DrawnData, filesReadBy } from "@steepest/experiments";
import type { InputFiles } from "../mnistFiles.js";

/** The identity of a run's data, as SHA-256 in hex: data decide the rows as much as the definition does. */
export interface DataIdentity {
  /** SHA-256 of the unpacked content of every file that the data set is drawn from, by set of files and file. */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** SHA-256 of the drawn samples: for the training and the test set, its shape as one line of text, the inputs as little-endian f64, the labels as signed bytes. */
  readonly drawn: string;
}

/** The identity of the data of a seed. @throws DataError  if a file cannot be read */
export async function dataIdentity(dataset: DatasetDefinition, { train, test }: DrawnData, { hashes }: InputFiles): Promise<DataIdentity> {
  const files = await Promise.all(filesReadBy(dataset).map(async (set) => [set, await hashes[set]()] as const));
  const hash = createHash("sha256");
  update(hash, "train", train);
  if (test) update(hash, "test", test);
  return { files: Object.fromEntries(files), drawn: hash.digest("hex") };
}

function update(hash: Hash, name: string, { inputs, labels, inputDim }: LabelledData): void {
  hash.update(`${name} ${labels.length} x ${inputDim}\n`);
  hash.update(littleEndian(inputs)).update(Int8Array.from(labels));
}

function littleEndian({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  const bytes = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap64();
}
