import { createHash } from "node:crypto";
import { DataError } from "@steepest/core";
import { readDataFile } from "./dataFile.js";

/** Images of the binary version of CIFAR-10. */
export interface Cifar10File {
  readonly count: number;
  readonly channels: 3;
  readonly rows: 32;
  readonly columns: 32;
  /** u8[count][3][32][32]: red, green, blue, each row by row. */
  readonly pixels: Uint8Array;
  /** u8[count], 0 to 9. */
  readonly labels: Uint8Array;
  /** SHA-256 of the unpacked file, in hex. */
  readonly sha256: string;
}

const pixelBytes = 3 * 32 * 32;
const recordBytes = 1 + pixelBytes;
const labelCount = 10;

/** A file of the binary version holds 10 000 records; the format has no header that says so. */
const largestFile = 10_000 * recordBytes;
const hint =
  "expected a file of the binary version of CIFAR-10 (data_batch_1.bin to data_batch_5.bin, test_batch.bin), not of the Python or Matlab version";

/**
 * A file of the binary version of CIFAR-10, plain or gzipped: records of 3073 bytes, one for the label (0 to 9), then 1024 each for red, green and blue.
 * Source: https://www.cs.toronto.edu/~kriz/cifar.html.
 *
 * @param source  a path, a file URL, or the bytes
 * @returns the images of the file with their sizes and labels
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readCifar10File(source: string | URL | Uint8Array): Promise<Cifar10File> {
  const { bytes, name } = await readDataFile(source, { length: 1, sizeOf: () => largestFile });
  const refuse = (value: unknown, what: string): never => {
    throw DataError.at(name, what, { value, hint });
  };
  if (bytes.length === 0) refuse(0, "is empty, expected records of 3073 bytes");
  const count = Math.floor(bytes.length / recordBytes);
  const labels = new Uint8Array(count);
  const pixels = new Uint8Array(count * pixelBytes);
  for (let i = 0; i < count; i++) {
    const record = bytes.subarray(i * recordBytes, (i + 1) * recordBytes);
    if (record[0]! >= labelCount) refuse(record[0], `label of record ${i} must be from 0 to 9, got ${record[0]}`);
    labels[i] = record[0]!;
    pixels.set(record.subarray(1), i * pixelBytes);
  }
  if (bytes.length !== count * recordBytes) refuse(bytes.length, `has ${bytes.length} bytes, expected a multiple of 3073`);
  return { count, channels: 3, rows: 32, columns: 32, pixels, labels, sha256: createHash("sha256").update(bytes).digest("hex") };
}
