import { Lanes } from "../simd/lanes";

/**
 * maximum: maxᵢ xᵢ.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; −∞ for n = 0; NaN if any xᵢ is NaN; −0 counts as below +0, so the order of the entries does not matter.
 */
export function maximum(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~7)) << 3);

  // four in turn: one takes several instructions that wait for each other
  let max0 = f64x2.splat(-Infinity);
  let max1 = max0;
  let max2 = max0;
  let max3 = max0;
  for (; x < blockEnd; x += 64) {
    max0 = f64x2.max(max0, v128.load(x));
    max1 = f64x2.max(max1, v128.load(x, 16));
    max2 = f64x2.max(max2, v128.load(x, 32));
    max3 = f64x2.max(max3, v128.load(x, 48));
  }

  let largest = Lanes.max(f64x2.max(f64x2.max(max0, max1), f64x2.max(max2, max3)));
  for (; x < end; x += 8) largest = max(largest, load<f64>(x));
  return largest;
}
