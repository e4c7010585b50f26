import { Lanes } from "../simd/lanes";

/**
 * dot: Σ xᵢ yᵢ.
 *
 * x, y: f64[n], 8-byte aligned, n ≥ 0; 0 for n = 0.
 * Summed in four interleaved lanes, then the tail: the order is fixed, so the result is the same bits on every host.
 */
export function dot(x: usize, y: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (; x < blockEnd; x += 32, y += 32) {
    lo = f64x2.add(lo, f64x2.mul(v128.load(x), v128.load(y)));
    hi = f64x2.add(hi, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
  }

  let sum = Lanes.sum(f64x2.add(lo, hi));
  for (; x < end; x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  return sum;
}
