/**
 * axpy: yᵢ ← yᵢ + factor xᵢ, product and sum rounded separately.
 *
 * x, y: f64[n], 8-byte aligned, n ≥ 0; y may be x.
 */
export function axpy(x: usize, y: usize, n: i32, factor: f64): void {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  const factors = f64x2.splat(factor);
  for (; x < blockEnd; x += 32, y += 32) {
    const lo = f64x2.add(v128.load(y), f64x2.mul(factors, v128.load(x)));
    const hi = f64x2.add(v128.load(y, 16), f64x2.mul(factors, v128.load(x, 16)));
    v128.store(y, lo);
    v128.store(y, hi, 16);
  }

  for (; x < end; x += 8, y += 8) store<f64>(y, load<f64>(y) + factor * load<f64>(x));
}
