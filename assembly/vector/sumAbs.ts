import { Lanes } from "../simd/lanes";

/**
 * sumAbs: Σ |xᵢ|, the ℓ1 norm.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; 0 for n = 0; NaN if any xᵢ is NaN.
 * Summed in four interleaved lanes, then the tail: the order is fixed, so the result is the same bits on every host.
 */
export function sumAbs(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (; x < blockEnd; x += 32) {
    lo = f64x2.add(lo, f64x2.abs(v128.load(x)));
    hi = f64x2.add(hi, f64x2.abs(v128.load(x, 16)));
  }

  let sum = Lanes.sum(f64x2.add(lo, hi));
  for (; x < end; x += 8) sum += abs(load<f64>(x));
  return sum;
}
