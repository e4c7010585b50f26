import { scale } from "./scale";

/**
 * scaleRows: out[i][j] ← x[i][j] factor[i].
 *
 * x, out: f64[rows][columns]; factor: f64[rows]; out may be x.
 */
export function scaleRows(x: usize, factor: usize, out: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  for (const end = factor + ((<usize>rows) << 3); factor < end; factor += 8, x += stride, out += stride) {
    scale(x, out, columns, load<f64>(factor));
  }
}
