import { Lanes } from "../simd/lanes";

/**
 * maximum: maxᵢ xᵢ.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; −∞ for n = 0; NaN if any xᵢ is NaN; −0 counts as below +0, so the order of the entries does not matter.
 * The maximum that knows neither NaN nor the sign of zero is one instruction, the other one seven: NaN is looked for beside it, and a largest 0 once more.
 */
export function maximum(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~7)) << 3);
  let max0 = f64x2.splat(-Infinity);
  let max1 = max0;
  let max2 = max0;
  let max3 = max0;
  let unordered = f64x2.ne(max0, max0);
  let from = x;
  for (; from < blockEnd; from += 64) {
    const x0 = v128.load(from);
    max0 = f64x2.pmax(max0, x0);
    unordered = v128.or(unordered, f64x2.ne(x0, x0));
    const x1 = v128.load(from, 16);
    max1 = f64x2.pmax(max1, x1);
    unordered = v128.or(unordered, f64x2.ne(x1, x1));
    const x2 = v128.load(from, 32);
    max2 = f64x2.pmax(max2, x2);
    unordered = v128.or(unordered, f64x2.ne(x2, x2));
    const x3 = v128.load(from, 48);
    max3 = f64x2.pmax(max3, x3);
    unordered = v128.or(unordered, f64x2.ne(x3, x3));
  }
  if (v128.any_true(unordered)) return NaN;
  let largest = Lanes.max(f64x2.pmax(f64x2.pmax(max0, max1), f64x2.pmax(max2, max3)));
  for (; from < end; from += 8) largest = max(largest, load<f64>(from));
  if (largest != 0) return largest;
  for (largest = -0.0; x < end; x += 8) largest = max(largest, load<f64>(x));
  return largest;
}
