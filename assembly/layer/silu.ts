import { exp } from "../scalar/exp";
import { expProduct } from "../scalar/expProduct";

/** siluForward: aᵢ ← zᵢ / (1 + e^−zᵢ), at most 3 ULP. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function siluForward(z: usize, a: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, a += 8) store<f64>(a, silu(load<f64>(z)));
}

/** siluBackward: dzᵢ ← fl(silu'(zᵢ) daᵢ), silu' to 3 ULP or 2⁻⁵³. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function siluBackward(z: usize, da: usize, dz: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, da += 8, dz += 8) store<f64>(dz, siluSlope(load<f64>(z)) * load<f64>(da));
}

/** z / (1 + e^−z). */
function silu(z: f64): f64 {
  if (z < -700) return z < -790 ? -0.0 : expProduct(z, 0, z);
  const e = exp(-abs(z));
  return (z < 0 ? z * e : z) / (1 + e);
}

/** σ(z) (1 + z σ(−z)), σ(z) = 1 / (1 + e^−z). */
function siluSlope(z: f64): f64 {
  if (z < -700) return z < -790 ? -0.0 : expProduct(z, 0, 1 + z);
  if (z > 700) return 1;
  const e = exp(-abs(z));
  const d = 1 + e;
  return z < 0 ? (e * (1 + z / d)) / d : (1 + (z * e) / d) / d;
}
