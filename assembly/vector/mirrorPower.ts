import { exp } from "../scalar/exp";
import { log1p } from "../scalar/log1p";
import { power } from "../scalar/power";

/**
 * mirrorPower: θᵢ ← sign(z) |z|^(1/e) with z = sign(θᵢ) |θᵢ|^e + length directionᵢ, a step of mirror descent with the potential Σ |θᵢ|^(e+1) / (e + 1).
 *
 * theta, direction: f64[n], 8-byte aligned, n ≥ 0, apart. exponent e > 0. What does not move keeps its bits, also where |θᵢ|^e leaves the range: with
 * ρ = (z − z₀) / z₀, the change relative to z₀ = sign(θᵢ) |θᵢ|^e, the result is θᵢ (1 + ρ)^(1/e) while −½ ≤ ρ ≤ 1, so a small e magnifies the rounding
 * of the change, not that of θᵢ. Elsewhere the formula itself, with |θᵢ|^e = 0 where it underflows. e = 1: θᵢ + length directionᵢ.
 */
export function mirrorPower(theta: usize, direction: usize, n: i32, length: f64, exponent: f64): void {
  for (const end = theta + ((<usize>n) << 3); theta < end; theta += 8, direction += 8) {
    store<f64>(theta, moved(load<f64>(theta), length * load<f64>(direction), exponent));
  }
}

function moved(v: f64, change: f64, exponent: f64): f64 {
  if (exponent == 1) return v + change;
  if (change == 0) return v;
  const a = abs(v);
  const rho = (v < 0 ? -change : change) * power(a, -exponent);
  if (a > 0 && rho >= -0.5 && rho <= 1) return v * exp(log1p(rho) / exponent);
  const old = power(a, exponent);
  const z = (v < 0 ? -old : old) + change;
  const magnitude = power(abs(z), 1 / exponent);
  return z < 0 ? -magnitude : magnitude;
}
