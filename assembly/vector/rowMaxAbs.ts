import { maxAbs } from "./maxAbs";

/**
 * rowMaxAbs: out[i] ← maxAbs of row i, the ℓ∞ norm of each row.
 *
 * x: f64[rows][columns], not modified; out: f64[rows], overwritten.
 */
export function rowMaxAbs(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  for (const end = out + ((<usize>rows) << 3); out < end; out += 8, x += stride) store<f64>(out, maxAbs(x, columns));
}
