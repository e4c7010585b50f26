import { gelu, geluSlope } from "../scalar/gelu";

/** geluForward: aᵢ ← zᵢ Φ(zᵢ), Φ the normal distribution function, at most 3 ULP. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function geluForward(z: usize, a: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, a += 8) store<f64>(a, gelu(load<f64>(z)));
}

/** geluBackward: dzᵢ ← fl(gelu'(zᵢ) daᵢ), gelu' to 3 ULP or 2⁻⁵³. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function geluBackward(z: usize, da: usize, dz: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, da += 8, dz += 8) store<f64>(dz, geluSlope(load<f64>(z)) * load<f64>(da));
}
