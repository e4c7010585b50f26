import { sumAbs } from "./sumAbs";

/**
 * rowSumAbs: out[i] ← sumAbs of row i, the ℓ1 norm of each row.
 *
 * x: f64[rows][columns], not modified; out: f64[rows], overwritten.
 */
export function rowSumAbs(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  for (const end = out + ((<usize>rows) << 3); out < end; out += 8, x += stride) store<f64>(out, sumAbs(x, columns));
}
