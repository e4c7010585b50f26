import { tanh, tanhSlope } from "../scalar/tanh";

/** tanhForward: aᵢ ← tanh zᵢ, at most 3 ULP; −0 stays. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function tanhForward(z: usize, a: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, a += 8) store<f64>(a, tanh(load<f64>(z)));
}

/** tanhBackward: dzᵢ ← fl((1 − tanh² zᵢ) daᵢ), the derivative to 4 ULP. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function tanhBackward(z: usize, da: usize, dz: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, da += 8, dz += 8) store<f64>(dz, tanhSlope(load<f64>(z)) * load<f64>(da));
}
