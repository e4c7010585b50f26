import { exp } from "../scalar/exp";
import { expm1 } from "../scalar/expm1";
import { Exp } from "../simd/exp";

/** eluForward: aᵢ ← zᵢ where zᵢ > 0, elsewhere fl(alpha (e^zᵢ − 1)). z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function eluForward(z: usize, a: usize, n: i32, alpha: f64): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, a += 8) {
    const v = load<f64>(z);
    store<f64>(a, v > 0 ? v : alpha * expm1(v));
  }
}

/** eluBackward: dzᵢ ← daᵢ where zᵢ > 0, elsewhere fl(fl(alpha e^zᵢ) daᵢ). z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function eluBackward(z: usize, da: usize, dz: usize, n: i32, alpha: f64): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  const factor = f64x2.splat(alpha);
  for (; z < pairEnd; z += 16, da += 16, dz += 16) {
    const v = v128.load(z);
    const d = v128.load(da);
    const bent = f64x2.mul(f64x2.mul(factor, Exp.pair(v)), d);
    v128.store(dz, v128.bitselect(d, bent, f64x2.gt(v, f64x2.splat(0))));
  }
  if (z < end) {
    const v = load<f64>(z);
    const d = load<f64>(da);
    store<f64>(dz, v > 0 ? d : alpha * exp(v) * d);
  }
}
