import { createHash } from "node:crypto";
import { type Cifar10Images, cifar10FileBytes, parseCifar10 } from "@steepest/formats/binary";
import { readDataFile } from "./dataFile.js";

/** Images of the binary version of CIFAR-10. */
export interface Cifar10File extends Cifar10Images {
  /** SHA-256 of the unpacked file, in hex. */
  readonly sha256: string;
}

/**
 * A file of the binary version of CIFAR-10, plain or gzipped: records of 3073 bytes, one for the label (0 to 9), then 1024 each for red, green and blue.
 * Source: https://www.cs.toronto.edu/~kriz/cifar.html.
 *
 * @param source  a path, a file URL, or the bytes
 * @returns the images of the file with their sizes and labels
 * @throws DataError  naming the file, what was expected and what was found
 */
export async function readCifar10File(source: string | URL | Uint8Array): Promise<Cifar10File> {
  const { bytes, name } = await readDataFile(source, { length: 1, sizeOf: () => cifar10FileBytes });
  return { ...parseCifar10(bytes, name), sha256: createHash("sha256").update(bytes).digest("hex") };
}
