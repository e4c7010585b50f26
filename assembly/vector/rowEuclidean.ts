import { sumSquares } from "./sumSquares";

/**
 * rowEuclidean: out[i] ← √sumSquares of row i, the ℓ2 norm of each row.
 *
 * x: f64[rows][columns], not modified; out: f64[rows], overwritten. The squares are not scaled, so they may over- or underflow.
 */
export function rowEuclidean(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  for (const end = out + ((<usize>rows) << 3); out < end; out += 8, x += stride) store<f64>(out, sqrt(sumSquares(x, columns, 1)));
}
