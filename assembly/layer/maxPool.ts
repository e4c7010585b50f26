import { Gather } from "../simd/gather";
import { clear } from "../vector/clear";

/**
 * maxPoolForward: z ← the largest entry of each window, x: f64[n][channels][height][width], z: f64[n][channels][rows][columns] with
 * rows = ⌊(height − size) / stride⌋ + 1, columns alike: what is left at the lower and right edge is dropped.
 *
 * Windows are size × size, size ≤ height, width; x and z apart. Of equal entries the first in row-major order counts, also for the sign of a zero. A NaN in
 * a window makes its z NaN. f64x2.pmax keeps its first operand unless the second is larger, and forgets NaNs; they are collected beside it.
 */
export function maxPoolForward(x: usize, z: usize, n: i32, channels: i32, height: i32, width: i32, size: i32, stride: i32): void {
  const rows = (height - size) / stride + 1;
  const columns = (width - size) / stride + 1;
  const rowBytes = (<usize>width) << 3;
  const sizeBytes = (<usize>size) << 3;
  const step = (<usize>stride) << 3;
  for (let plane = n * channels; plane > 0; --plane, x += rowBytes * height) {
    for (let row = 0, from = x; row < rows; ++row, from += rowBytes * stride) {
      let at = from;
      let column = 0;
      for (; column < columns - 1; column += 2, at += 2 * step, z += 16) {
        let best = Gather.pair(at, at + step);
        let unordered = f64x2.ne(best, best);
        for (let i = 0, line = at; i < size; ++i, line += rowBytes) {
          for (let entry = line; entry < line + sizeBytes; entry += 8) {
            const pair = Gather.pair(entry, entry + step);
            best = f64x2.pmax(best, pair);
            unordered = v128.or(unordered, f64x2.ne(pair, pair));
          }
        }
        v128.store(z, v128.or(best, unordered));
      }
      if (column < columns) {
        let best = load<f64>(at);
        for (let i = 0, line = at; i < size; ++i, line += rowBytes) {
          for (let entry = line; entry < line + sizeBytes; entry += 8) {
            const value = load<f64>(entry);
            if (!(value <= best)) best = value == value && best == best ? value : NaN;
          }
        }
        store<f64>(z, best);
        z += 8;
      }
    }
  }
}

/**
 * maxPoolBackward: dx ← the sums of the dz of those windows in which an entry is the first largest, windows in row-major order from +0; +0 elsewhere.
 *
 * x, dx: f64[n][channels][height][width], z, dz: f64[n][channels][rows][columns], z from maxPoolForward, all apart. Where z is NaN, the first NaN of the
 * window gets NaN.
 */
export function maxPoolBackward(
  x: usize,
  z: usize,
  dz: usize,
  dx: usize,
  n: i32,
  channels: i32,
  height: i32,
  width: i32,
  size: i32,
  stride: i32,
): void {
  const rows = (height - size) / stride + 1;
  const columns = (width - size) / stride + 1;
  const rowBytes = (<usize>width) << 3;
  const sizeBytes = (<usize>size) << 3;
  const step = (<usize>stride) << 3;
  clear(dx, n * channels * height * width);
  const shift = dx - x;
  for (let plane = n * channels; plane > 0; --plane, x += rowBytes * height) {
    for (let row = 0, from = x; row < rows; ++row, from += rowBytes * stride) {
      for (let column = 0, at = from; column < columns; ++column, at += step, z += 8, dz += 8) {
        const best = load<f64>(z);
        const to = shift + firstOf(best, at, size, sizeBytes, rowBytes);
        store<f64>(to, load<f64>(to) + (best == best ? load<f64>(dz) : NaN));
      }
    }
  }
}

/** Address of the first entry of a window that equals `best`, or is NaN where `best` is. */
function firstOf(best: f64, at: usize, size: i32, sizeBytes: usize, rowBytes: usize): usize {
  for (let i = 0, line = at; i < size; ++i, line += rowBytes) {
    for (let entry = line; entry < line + sizeBytes; entry += 8) {
      const value = load<f64>(entry);
      if (value == best || value != value) return entry;
    }
  }
  return at;
}
