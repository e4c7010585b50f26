import { exp } from "../scalar/exp";
import { log1p } from "../scalar/log1p";

/** softplusForward: aᵢ ← log(1 + e^zᵢ), at most 2 ULP. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function softplusForward(z: usize, a: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, a += 8) {
    const v = load<f64>(z);
    store<f64>(a, max(v, 0) + log1p(exp(-abs(v))));
  }
}

/** softplusBackward: dzᵢ ← fl(σ(zᵢ) daᵢ), σ(z) = 1 / (1 + e^−z) to 3 ULP. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function softplusBackward(z: usize, da: usize, dz: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, da += 8, dz += 8) {
    const v = load<f64>(z);
    const e = exp(-abs(v));
    store<f64>(dz, ((v < 0 ? e : 1) / (1 + e)) * load<f64>(da));
  }
}
