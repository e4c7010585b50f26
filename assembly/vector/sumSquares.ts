import { Lanes } from "../simd/lanes";

/**
 * sumSquares: Σ (scale xᵢ)², the squared ℓ2 norm of the scaled vector.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; 0 for n = 0. A power of two near 1 / maxᵢ |xᵢ| as `scale` keeps the squares from over- and underflowing.
 * Summed in four interleaved lanes, then the tail: the order is fixed, so the result is the same bits on every host.
 */
export function sumSquares(x: usize, n: i32, scale: f64): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  const scales = f64x2.splat(scale);
  let lo = f64x2.splat(0);
  let hi = f64x2.splat(0);
  for (; x < blockEnd; x += 32) {
    const scaledLo = f64x2.mul(scales, v128.load(x));
    const scaledHi = f64x2.mul(scales, v128.load(x, 16));
    lo = f64x2.add(lo, f64x2.mul(scaledLo, scaledLo));
    hi = f64x2.add(hi, f64x2.mul(scaledHi, scaledHi));
  }

  let sum = Lanes.sum(f64x2.add(lo, hi));
  for (; x < end; x += 8) {
    const scaled = scale * load<f64>(x);
    sum += scaled * scaled;
  }
  return sum;
}
