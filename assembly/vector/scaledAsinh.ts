import { asinh } from "../scalar/asinh";

/**
 * scaledAsinh: outᵢ ← asinh(xᵢ / divisor), the gradient of the hyperbolic entropy.
 *
 * x, out: f64[n], 8-byte aligned, n ≥ 0; out may be x. xᵢ = ±0 gives +0 for a positive divisor.
 */
export function scaledAsinh(x: usize, out: usize, n: i32, divisor: f64): void {
  for (const end = x + ((<usize>n) << 3); x < end; x += 8, out += 8) store<f64>(out, asinh(load<f64>(x) / divisor));
}
