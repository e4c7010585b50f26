/** clear: xᵢ ← +0. x: f64[n], 8-byte aligned, n ≥ 0. */
export function clear(x: usize, n: i32): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);
  const zero = f64x2.splat(0);
  for (; x < pairEnd; x += 16) v128.store(x, zero);
  if (x < end) store<f64>(x, 0);
}
