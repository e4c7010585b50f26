/**
 * decayHypot: rᵢ ← √((decay rᵢ)² + (gain xᵢ)²) without overflow or underflow, the root of Adam's second moment.
 *
 *   a = |decay rᵢ|, b = |gain xᵢ|, s = a² + b²; where 2⁻⁹⁶⁰ ≤ s ≤ 2⁹⁶⁰: rᵢ ← √s
 *   elsewhere M = max(a, b), t = min(a, b) / M (0 where M = 0), rᵢ ← M √(1 + t²)
 *
 * x, r: f64[n], 8-byte aligned, n ≥ 0; r must not be x. NaN where M is not finite, so a diverged run shows.
 * The scaled form costs a division; it is taken for a pair only if one of its lanes needs it, and each lane keeps the form that its own s asks for.
 */
export function decayHypot(x: usize, r: usize, n: i32, decay: f64, gain: f64): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);

  const smallest = f64x2.splat(reinterpret<f64>(0x03f0000000000000)); // 2⁻⁹⁶⁰
  const largest = f64x2.splat(reinterpret<f64>(0x7bf0000000000000)); // 2⁹⁶⁰
  const zero = f64x2.splat(0);
  for (; x < pairEnd; x += 16, r += 16) {
    const a = f64x2.mul(f64x2.splat(decay), v128.load(r));
    const b = f64x2.mul(f64x2.splat(gain), v128.load(x));
    const squares = f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b));
    const inRange = v128.and(f64x2.ge(squares, smallest), f64x2.le(squares, largest));
    const isZero = f64x2.eq(f64x2.abs(v128.or(a, b)), zero); // or of the bits: zero only if both are
    const plain = v128.or(inRange, isZero);
    let hypot = f64x2.sqrt(squares);
    if (!i64x2.all_true(plain)) hypot = v128.bitselect(hypot, scaledHypot(f64x2.abs(a), f64x2.abs(b)), plain);
    v128.store(r, hypot);
  }

  if (x < end) {
    const a = decay * load<f64>(r);
    const b = gain * load<f64>(x);
    const squares = a * a + b * b;
    const inRange = squares >= reinterpret<f64>(0x03f0000000000000) && squares <= reinterpret<f64>(0x7bf0000000000000);
    store<f64>(r, inRange ? sqrt(squares) : f64x2.extract_lane(scaledHypot(f64x2.splat(abs(a)), f64x2.splat(abs(b))), 0));
  }
}

/** M √(1 + t²) of a, b ≥ 0; NaN where M is not finite. */
function scaledHypot(a: v128, b: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const larger = f64x2.max(a, b);
  const ratio = v128.and(f64x2.div(f64x2.min(a, b), larger), f64x2.ne(larger, zero));
  const hypot = f64x2.mul(larger, f64x2.sqrt(f64x2.add(one, f64x2.mul(ratio, ratio))));
  return f64x2.add(hypot, f64x2.mul(larger, zero)); // larger · 0 is NaN exactly when it is not finite
}
