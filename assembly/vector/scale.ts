/**
 * scale: outᵢ ← factor xᵢ.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x.
 */
export function scale(x: usize, out: usize, n: i32, factor: f64): void {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  const factors = f64x2.splat(factor);
  for (; x < blockEnd; x += 32, out += 32) {
    const lo = f64x2.mul(factors, v128.load(x));
    const hi = f64x2.mul(factors, v128.load(x, 16));
    v128.store(out, lo);
    v128.store(out, hi, 16);
  }

  for (; x < end; x += 8, out += 8) store<f64>(out, factor * load<f64>(x));
}
