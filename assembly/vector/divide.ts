/** divide: xᵢ ← xᵢ / divisor. x: f64[n], 8-byte aligned, n ≥ 0. */
export function divide(x: usize, n: i32, divisor: f64): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);
  const divisors = f64x2.splat(divisor);
  for (; x < pairEnd; x += 16) v128.store(x, f64x2.div(v128.load(x), divisors));
  if (x < end) store<f64>(x, load<f64>(x) / divisor);
}
