import { Lanes } from "../simd/lanes";

/**
 * maxAbs: maxᵢ |xᵢ|, the ℓ∞ norm.
 *
 * x: f64[n], 8-byte aligned, n ≥ 0; 0 for n = 0; NaN if any xᵢ is NaN.
 * pmax is one machine instruction where max is seven, but forgets NaNs; they are collected beside it.
 */
export function maxAbs(x: usize, n: i32): f64 {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~7)) << 3);

  let m0 = f64x2.splat(0);
  let m1 = m0;
  let m2 = m0;
  let m3 = m0;
  let unordered = m0;
  for (; x < blockEnd; x += 64) {
    const a = f64x2.abs(v128.load(x));
    const b = f64x2.abs(v128.load(x, 16));
    const c = f64x2.abs(v128.load(x, 32));
    const d = f64x2.abs(v128.load(x, 48));
    m0 = f64x2.pmax(m0, a);
    m1 = f64x2.pmax(m1, b);
    m2 = f64x2.pmax(m2, c);
    m3 = f64x2.pmax(m3, d);
    unordered = v128.or(unordered, v128.or(v128.or(f64x2.ne(a, a), f64x2.ne(b, b)), v128.or(f64x2.ne(c, c), f64x2.ne(d, d))));
  }

  if (v128.any_true(unordered)) return NaN;
  let largest = Lanes.max(f64x2.pmax(f64x2.pmax(m0, m1), f64x2.pmax(m2, m3)));
  for (; x < end; x += 8) largest = max(largest, abs(load<f64>(x)));
  return largest;
}
