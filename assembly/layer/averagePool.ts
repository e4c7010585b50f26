import { Gather } from "../simd/gather";
import { clear } from "../vector/clear";

/**
 * averagePoolForward: z ← fl(sum / size²) of each window, the sum from +0 in row-major order, x: f64[n][channels][height][width],
 * z: f64[n][channels][rows][columns] with rows = ⌊(height − size) / stride⌋ + 1, columns alike: what is left at the lower and right edge is dropped.
 *
 * Windows are size × size, size ≤ height, width; x and z apart.
 */
export function averagePoolForward(x: usize, z: usize, n: i32, channels: i32, height: i32, width: i32, size: i32, stride: i32): void {
  const rows = (height - size) / stride + 1;
  const columns = (width - size) / stride + 1;
  const rowBytes = (<usize>width) << 3;
  const sizeBytes = (<usize>size) << 3;
  const step = (<usize>stride) << 3;
  const area = <f64>(size * size);
  for (let plane = n * channels; plane > 0; --plane, x += rowBytes * height) {
    for (let row = 0, from = x; row < rows; ++row, from += rowBytes * stride) {
      let at = from;
      let column = 0;
      for (; column < columns - 1; column += 2, at += 2 * step, z += 16) {
        let sum = f64x2.splat(0);
        for (let i = 0, line = at; i < size; ++i, line += rowBytes) {
          for (let entry = line; entry < line + sizeBytes; entry += 8) sum = f64x2.add(sum, Gather.pair(entry, entry + step));
        }
        v128.store(z, f64x2.div(sum, f64x2.splat(area)));
      }
      if (column < columns) {
        let sum: f64 = 0;
        for (let i = 0, line = at; i < size; ++i, line += rowBytes) {
          for (let entry = line; entry < line + sizeBytes; entry += 8) sum += load<f64>(entry);
        }
        store<f64>(z, sum / area);
        z += 8;
      }
    }
  }
}

/**
 * averagePoolBackward: dx ← the sums of fl(dz / size²) over the windows that hold an entry, windows in row-major order from +0; +0 where none does.
 *
 * dz: f64[n][channels][rows][columns], dx: f64[n][channels][height][width], apart.
 */
export function averagePoolBackward(dz: usize, dx: usize, n: i32, channels: i32, height: i32, width: i32, size: i32, stride: i32): void {
  const rows = (height - size) / stride + 1;
  const columns = (width - size) / stride + 1;
  const rowBytes = (<usize>width) << 3;
  const sizeBytes = (<usize>size) << 3;
  const step = (<usize>stride) << 3;
  const area = <f64>(size * size);
  clear(dx, n * channels * height * width);
  for (let plane = n * channels; plane > 0; --plane, dx += rowBytes * height) {
    for (let row = 0, from = dx; row < rows; ++row, from += rowBytes * stride) {
      for (let column = 0, at = from; column < columns; ++column, at += step, dz += 8) {
        const share = load<f64>(dz) / area;
        for (let i = 0, line = at; i < size; ++i, line += rowBytes) {
          for (let entry = line; entry < line + sizeBytes; entry += 8) store<f64>(entry, load<f64>(entry) + share);
        }
      }
    }
  }
}
