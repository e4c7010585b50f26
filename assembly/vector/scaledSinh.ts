import { sinh } from "../scalar/sinh";

/**
 * scaledSinh: outᵢ ← factor sinh(xᵢ), the inverse of the gradient of the hyperbolic entropy.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. xᵢ = ±0 gives +0 for a positive factor.
 */
export function scaledSinh(x: usize, out: usize, n: i32, factor: f64): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 8, out += 8) store<f64>(out, factor * sinh(load<f64>(x)));
}
