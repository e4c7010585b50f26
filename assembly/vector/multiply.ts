/**
 * multiply: outᵢ ← xᵢ yᵢ.
 *
 * x, y, out: f64[n], 8-byte aligned, n ≥ 0; out may be x or y.
 */
export function multiply(x: usize, y: usize, out: usize, n: i32): void {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  for (; x < blockEnd; x += 32, y += 32, out += 32) {
    const lo = f64x2.mul(v128.load(x), v128.load(y));
    const hi = f64x2.mul(v128.load(x, 16), v128.load(y, 16));
    v128.store(out, lo);
    v128.store(out, hi, 16);
  }

  for (; x < end; x += 8, y += 8, out += 8) store<f64>(out, load<f64>(x) * load<f64>(y));
}
