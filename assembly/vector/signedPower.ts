import { power } from "../scalar/power";

/**
 * signedPower: outᵢ ← factor sign(xᵢ) (|xᵢ| / divisor)^exponent, the gradient of an ℓp norm and its steepest direction.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. xᵢ = ±0 gives +0, for every exponent.
 */
export function signedPower(x: usize, out: usize, n: i32, divisor: f64, exponent: f64, factor: f64): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 8, out += 8) {
    const v = load<f64>(x);
    const magnitude = power(abs(v) / divisor, exponent);
    store<f64>(out, v == 0 ? 0 : factor * (v < 0 ? -magnitude : magnitude));
  }
}
