import { createHash, type Hash } from "node:crypto";
import { endianness } from "node:os";
import type { LabelledData, SupervisedData, TargetData } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { type DatasetDefinition, type DrawnData, filesReadBy, pathsReadBy } from "@steepest/experiments";
import type { InputFiles } from "../imageFiles.js";

/** The identity of a run's data, as SHA-256 in hex: data decide the rows as much as the definition does. */
export interface DataIdentity {
  /**
   * SHA-256 of every file that the data set is drawn from: of the unpacked files of collections, by collection and file; as they are, of those that the
   * definition names, under "paths", by the path that it writes.
   */
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * SHA-256 of the drawn samples: for the training and the test set, its shape as one line of text, the inputs as little-endian
   * f64, the labels as signed bytes; where they are counted from 0, the number of classes in that line and the labels as little-endian u32; of targets their
   * number per sample in that line, and the targets as little-endian f64.
   */
  readonly drawn: string;
}

/** The name in the identity of files that a definition names by their paths. */
const byPath = "paths";

/** The identity of the data of a seed. @throws DataError  if a file cannot be read */
export async function dataIdentity(
  dataset: DatasetDefinition,
  { train, test }: DrawnData,
  { files: host, hashes }: InputFiles,
): Promise<DataIdentity> {
  const files: (readonly [string, Readonly<Record<string, string>>])[] = await Promise.all(
    filesReadBy(dataset).map(async (collection) => [collection.id, await hashes(collection)] as const),
  );
  const paths = await Promise.all(pathsReadBy(dataset).map(async (path) => [path, (await host.bytes!(path)).sha256] as const));
  if (paths.length > 0) files.push([byPath, Object.fromEntries(paths)]);
  const hash = createHash("sha256");
  update(hash, "train", train);
  if (test) update(hash, "test", test);
  return { files: Object.fromEntries(files), drawn: hash.digest("hex") };
}

function update(hash: Hash, name: string, data: SupervisedData): void {
  if (hasTargets(data)) updateTargets(hash, name, data);
  else updateLabels(hash, name, data);
}

function updateTargets(hash: Hash, name: string, { inputs, targets, inputDim, outputs }: TargetData): void {
  hash.update(`${name} ${targets.length / outputs} x ${inputDim}, ${outputs} targets\n`);
  hash.update(littleEndian(inputs)).update(littleEndian(targets));
}

function updateLabels(hash: Hash, name: string, { inputs, labels, inputDim, classes }: LabelledData): void {
  const sizes = classes === undefined ? "" : `, ${classes} classes`;
  hash.update(`${name} ${labels.length} x ${inputDim}${sizes}\n`);
  hash.update(littleEndian(inputs)).update(classes === undefined ? Int8Array.from(labels) : littleEndianWords(labels));
}

function littleEndianWords(labels: ArrayLike<number>): Uint8Array {
  const words = new DataView(new ArrayBuffer(4 * labels.length));
  for (let i = 0; i < labels.length; i++) words.setUint32(4 * i, labels[i]!, true);
  return new Uint8Array(words.buffer);
}

function littleEndian({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  const bytes = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
  return endianness() === "LE" ? bytes : Buffer.from(bytes).swap64();
}
