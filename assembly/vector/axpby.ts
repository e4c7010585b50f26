/**
 * axpby: yᵢ ← yFactor yᵢ + xFactor xᵢ, both products and the sum rounded separately.
 *
 * x, y: f64[n], 8-byte aligned, n ≥ 0; y may be x.
 */
export function axpby(x: usize, y: usize, n: i32, xFactor: f64, yFactor: f64): void {
  const end = x + ((<usize>n) << 3);
  const blockEnd = x + ((<usize>(n & ~3)) << 3);

  const xFactors = f64x2.splat(xFactor);
  const yFactors = f64x2.splat(yFactor);
  for (; x < blockEnd; x += 32, y += 32) {
    const lo = f64x2.add(f64x2.mul(yFactors, v128.load(y)), f64x2.mul(xFactors, v128.load(x)));
    const hi = f64x2.add(f64x2.mul(yFactors, v128.load(y, 16)), f64x2.mul(xFactors, v128.load(x, 16)));
    v128.store(y, lo);
    v128.store(y, hi, 16);
  }

  for (; x < end; x += 8, y += 8) store<f64>(y, yFactor * load<f64>(y) + xFactor * load<f64>(x));
}
