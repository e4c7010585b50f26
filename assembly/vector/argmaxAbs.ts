import { maxAbs } from "./maxAbs";

/**
 * argmaxAbs: the lowest index of the largest |xᵢ|; the lowest index of a NaN if there is one; −1 for n = 0.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0. Two passes: the maximum, then a search that stops at its first occurrence.
 */
export function argmaxAbs(x: usize, n: i32): i32 {
  const largest = maxAbs(x, n);
  for (let i = 0; i < n; ++i, x += 8) {
    const magnitude = abs(load<f64>(x));
    if (magnitude == largest || magnitude != magnitude) return i;
  }
  return -1;
}
