import { Lanes } from "../simd/lanes";

/**
 * maxAbs: maxᵢ |xᵢ|, the ℓ∞ norm.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; 0 for n = 0; NaN if any xᵢ is NaN.
 */
export function maxAbs(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (; x < blockEnd; x += 32) {
    lo = f64x2.max(lo, f64x2.abs(v128.load(x)));
    hi = f64x2.max(hi, f64x2.abs(v128.load(x, 16)));
  }

  let largest = Lanes.max(f64x2.max(lo, hi));
  for (; x < end; x += 8) largest = max(largest, abs(load<f64>(x)));
  return largest;
}
