/**
 * adamDirection: outᵢ ← −(meanScale mᵢ) / (rootScale rᵢ + epsilon), and 0 where mᵢ = 0, so a unit without gradient stays (0/0 = 0).
 *
 * m, r, out: f64[n], 8-byte aligned, n ≥ 0; out may be m or r. `epsilon` may be +∞, which gives 0.
 */
export function adamDirection(m: usize, r: usize, out: usize, n: i32, meanScale: f64, rootScale: f64, epsilon: f64): void {
  const end = m + ((<usize>n) << 3);
  const pairEnd = m + ((<usize>(n & ~1)) << 3);

  const zero = f64x2.splat(0);
  for (; m < pairEnd; m += 16, r += 16, out += 16) {
    const mean = v128.load(m);
    const root = f64x2.add(f64x2.mul(f64x2.splat(rootScale), v128.load(r)), f64x2.splat(epsilon));
    const direction = f64x2.neg(f64x2.div(f64x2.mul(f64x2.splat(meanScale), mean), root));
    v128.store(out, v128.and(direction, f64x2.ne(mean, zero)));
  }

  if (m < end) {
    const mean = load<f64>(m);
    const direction = -((meanScale * mean) / (rootScale * load<f64>(r) + epsilon));
    store<f64>(out, mean == 0 ? 0 : direction);
  }
}
