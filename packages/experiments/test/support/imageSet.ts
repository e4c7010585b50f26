import type { ImageSet } from "../../src/index.js";

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
