import { Lanes } from "../simd/lanes";

/**
 * minimum: minᵢ xᵢ.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; +∞ for n = 0; NaN if any xᵢ is NaN; −0 counts as below +0.
 */
export function minimum(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lo = f64x2.splat(Infinity);
  let hi = f64x2.splat(Infinity);
  for (; x < blockEnd; x += 32) {
    lo = f64x2.min(lo, v128.load(x));
    hi = f64x2.min(hi, v128.load(x, 16));
  }

  let smallest = Lanes.min(f64x2.min(lo, hi));
  for (; x < end; x += 8) smallest = min(smallest, load<f64>(x));
  return smallest;
}
