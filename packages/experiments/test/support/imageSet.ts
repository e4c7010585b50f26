import type { ImageSet } from "../../src/index.js";

/** Images of 2 x 3 pixels, all different, labelled with the digits in turn. */
export function imageSet(count: number, digits: readonly number[], offset = 0): ImageSet {
  return {
    rows: 2,
    columns: 3,
    labels: Uint8Array.from({ length: count }, (_, i) => digits[i % digits.length]!),
    pixels: Uint8Array.from({ length: count * 6 }, (_, k) => (offset + Math.floor(k / 6) * 7 + (k % 6) * 41) % 256),
  };
}
