import { refuse } from "../check/refuse.js";

/** Images of the binary version of CIFAR-10. */
export interface Cifar10Images {
  readonly count: number;
  readonly channels: 3;
  readonly rows: 32;
  readonly columns: 32;
  /** u8[count][3][32][32]: red, green, blue, each row by row. */
  readonly pixels: Uint8Array;
  /** u8[count], 0 to 9. */
  readonly labels: Uint8Array;
}

const pixelBytes = 3 * 32 * 32;
const labelCount = 10;

/** Bytes of a record: the label, then 1024 each for red, green and blue. */
export const cifar10RecordBytes: number = 1 + pixelBytes;

/** Bytes of the largest file: one of the binary version holds 10 000 records; the format has no header that says so. */
export const cifar10FileBytes: number = 10_000 * cifar10RecordBytes;

const hint =
  "expected a file of the binary version of CIFAR-10 (data_batch_1.bin to data_batch_5.bin, test_batch.bin), not of the Python or Matlab version";

/**
 * A file of the binary version of CIFAR-10: records of 3073 bytes, one for the label (0 to 9), then 1024 each for red, green and blue.
 * Source: https://www.cs.toronto.edu/~kriz/cifar.html.
 *
 * @param bytes  the file, unpacked
 * @param name   what messages call the bytes, usually their path
 * @returns the images of the file with their sizes and labels
 * @throws DataError  naming the file, what was expected and what was found
 */
export function parseCifar10(bytes: Uint8Array, name: string): Cifar10Images {
  if (bytes.length === 0) refuse(name, "is empty, expected records of 3073 bytes", hint, 0);
  const count = Math.floor(bytes.length / cifar10RecordBytes);
  const labels = new Uint8Array(count);
  const pixels = new Uint8Array(count * pixelBytes);
  for (let i = 0; i < count; i++) {
    const record = bytes.subarray(i * cifar10RecordBytes, (i + 1) * cifar10RecordBytes);
    if (record[0]! >= labelCount) refuse(name, `label of record ${i} must be from 0 to 9, got ${record[0]}`, hint, record[0]);
    labels[i] = record[0]!;
    pixels.set(record.subarray(1), i * pixelBytes);
  }
  if (bytes.length !== count * cifar10RecordBytes)
    refuse(name, `has ${bytes.length} bytes, expected a multiple of 3073`, hint, bytes.length);
  return { count, channels: 3, rows: 32, columns: 32, pixels, labels };
}
