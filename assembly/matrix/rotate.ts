/**
 * rotate: (xᵢ, yᵢ) ← (a xᵢ + b yᵢ, c xᵢ + d yᵢ), every product and sum rounded separately.
 *
 * x, y: f64[n], 8-byte aligned, n ≥ 0, not overlapping.
 */
export function rotate(x: usize, y: usize, n: i32, a: f64, b: f64, c: f64, d: f64): void {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  const cs = f64x2.splat(c);
  const ds = f64x2.splat(d);
  for (; x < blockEnd; x += 32, y += 32) {
    const xLo = v128.load(x);
    const yLo = v128.load(y);
    const xHi = v128.load(x, 16);
    const yHi = v128.load(y, 16);
    v128.store(x, f64x2.add(f64x2.mul(as, xLo), f64x2.mul(bs, yLo)));
    v128.store(y, f64x2.add(f64x2.mul(cs, xLo), f64x2.mul(ds, yLo)));
    v128.store(x, f64x2.add(f64x2.mul(as, xHi), f64x2.mul(bs, yHi)), 16);
    v128.store(y, f64x2.add(f64x2.mul(cs, xHi), f64x2.mul(ds, yHi)), 16);
  }

  for (; x < end; x += 8, y += 8) {
    const xi = load<f64>(x);
    const yi = load<f64>(y);
    store<f64>(x, a * xi + b * yi);
    store<f64>(y, c * xi + d * yi);
  }
}
