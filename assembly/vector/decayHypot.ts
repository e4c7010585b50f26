/**
 * decayHypot: rᵢ ← √((decay rᵢ)² + (gain xᵢ)²) without overflow or underflow, the root of Adam's second moment.
 *
 *   a = |decay rᵢ|, b = |gain xᵢ|, M = max(a, b), t = min(a, b) / M (0 where M = 0), rᵢ ← M √(1 + t²)
 *
 * x, r: f64[n], 8-byte aligned, n ≥ 0; r must not be x. NaN where M is not finite, so a diverged run shows.
 */
export function decayHypot(x: usize, r: usize, n: i32, decay: f64, gain: f64): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);

  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  for (; x < pairEnd; x += 16, r += 16) {
    const a = f64x2.abs(f64x2.mul(f64x2.splat(decay), v128.load(r)));
    const b = f64x2.abs(f64x2.mul(f64x2.splat(gain), v128.load(x)));
    const larger = f64x2.max(a, b);
    const ratio = v128.and(f64x2.div(f64x2.min(a, b), larger), f64x2.ne(larger, zero));
    const hypot = f64x2.mul(larger, f64x2.sqrt(f64x2.add(one, f64x2.mul(ratio, ratio))));
    v128.store(r, f64x2.add(hypot, f64x2.mul(larger, zero))); // larger · 0 is NaN exactly when it is not finite
  }

  if (x < end) {
    const a = abs(decay * load<f64>(r));
    const b = abs(gain * load<f64>(x));
    const larger = max(a, b);
    const ratio = larger == 0 ? 0 : min(a, b) / larger;
    store<f64>(r, larger * sqrt(1 + ratio * ratio) + larger * 0);
  }
}
