import type { DatasetFiles, ImageSet } from "../../src/index.js";

/** Images, of 2 x 3 pixels unless said otherwise, all different, labelled with the digits in turn. */
export function imageSet(count: number, digits: readonly number[], offset = 0, { channels = 1, rows = 2, columns = 3 } = {}): ImageSet {
  const size = channels * rows * columns;
  return {
    ...(channels === 1 ? {} : { channels }),
    rows,
    columns,
    labels: Uint8Array.from({ length: count }, (_, i) => digits[i % digits.length]!),
    pixels: Uint8Array.from({ length: count * size }, (_, k) => (offset + Math.floor(k / size) * 7 + (k % size) * 41) % 256),
  };
}

/** Images of any collection: 4 x 4 pixels, every label of it in turn. */
export const imageFiles: DatasetFiles = {
  images: async ({ format, id }) => {
    const labels = Array.from({ length: id.startsWith("emnist") ? 62 : 10 }, (_, label) => label);
    const sides = { channels: format === "cifar10" ? 3 : 1, rows: 4, columns: 4 };
    return { train: imageSet(248, labels, 0, sides), test: imageSet(62, labels, 90, sides) };
  },
};
