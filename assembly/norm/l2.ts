/**
 * lmoL2: outᵢ ← −(scale gᵢ) / scaledNorm, the steepest direction in ℓ2; all 0 if scaledNorm = 0.
 *
 * g, out: f64[n], 8-byte aligned, n ≥ 0; out may be g.
 * scaledNorm = ‖scale g‖₂ with a power of two `scale` that keeps its squares from over- and underflowing.
 */
export function lmoL2(g: usize, out: usize, n: i32, scale: f64, scaledNorm: f64): void {
  if (scaledNorm == 0) memory.fill(out, 0, (<usize>n) << 3);
  else scaleAndDivide(g, out, n, scale, scaledNorm, -1);
}

/**
 * projectL2: outᵢ ← radius ((scale xᵢ) / scaledNorm), the Euclidean projection onto {‖u‖₂ ≤ radius} of an x outside it.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. scaledNorm as in `lmoL2`.
 */
export function projectL2(x: usize, out: usize, n: i32, scale: f64, scaledNorm: f64, radius: f64): void {
  scaleAndDivide(x, out, n, scale, scaledNorm, radius);
}

/** outᵢ ← factor ((scale xᵢ) / divisor). */
function scaleAndDivide(x: usize, out: usize, n: i32, scale: f64, divisor: f64, factor: f64): void {
  const end = x + ((<usize>n) << 3);
  const pairEnd = x + ((<usize>(n & ~1)) << 3);

  const scales = f64x2.splat(scale);
  const divisors = f64x2.splat(divisor);
  const factors = f64x2.splat(factor);
  for (; x < pairEnd; x += 16, out += 16) {
    v128.store(out, f64x2.mul(factors, f64x2.div(f64x2.mul(scales, v128.load(x)), divisors)));
  }

  if (x < end) store<f64>(out, factor * ((scale * load<f64>(x)) / divisor));
}
