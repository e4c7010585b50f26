import { Lanes } from "../simd/lanes";

/**
 * maximum: maxᵢ xᵢ.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; −∞ for n = 0; NaN if any xᵢ is NaN; −0 counts as below +0, so the order of the entries does not matter.
 */
export function maximum(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lo = f64x2.splat(-Infinity);
  let hi = lo;
  for (; x < blockEnd; x += 32) {
    lo = f64x2.max(lo, v128.load(x));
    hi = f64x2.max(hi, v128.load(x, 16));
  }

  let largest = Lanes.max(f64x2.max(lo, hi));
  for (; x < end; x += 8) largest = max(largest, load<f64>(x));
  return largest;
}
