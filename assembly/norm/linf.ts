/**
 * lmoLinf: outᵢ ← −sign(gᵢ), the steepest direction in ℓ∞.
 *
 * g, out: f64[n], 8-byte aligned, n ≥ 0; out may be g.
 * gᵢ = ±0 gives +0. A non-finite gᵢ gives NaN, so a diverged run cannot pass for sign descent.
 */
export function lmoLinf(g: usize, out: usize, n: i32): void {
  const end = g + ((<usize>n) << 3);
  const pairEnd = g + ((<usize>(n & ~1)) << 3);

  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const signBit = f64x2.splat(-0.0);
  for (; g < pairEnd; g += 16, out += 16) {
    const v = v128.load(g);
    const minusSign = v128.or(one, v128.andnot(signBit, v));
    const direction = v128.and(minusSign, f64x2.ne(v, zero));
    v128.store(out, f64x2.add(direction, f64x2.mul(v, zero))); // v·0 is NaN exactly when v is not finite
  }

  if (g < end) {
    const v = load<f64>(g);
    store<f64>(out, (v > 0 ? -1.0 : v < 0 ? 1.0 : 0.0) + v * 0);
  }
}

/**
 * projectLinf: outᵢ ← min(max(xᵢ, −radius), radius), the Euclidean projection onto {‖u‖∞ ≤ radius}.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. radius ≥ 0. NaN stays NaN.
 */
export function projectLinf(x: usize, out: usize, n: i32, radius: f64): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);

  const upper = f64x2.splat(radius);
  const lower = f64x2.splat(-radius);
  for (; x < pairEnd; x += 16, out += 16) v128.store(out, f64x2.min(f64x2.max(v128.load(x), lower), upper));

  if (x < end) store<f64>(out, min(max(load<f64>(x), -radius), radius));
}
