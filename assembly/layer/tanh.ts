import { tanh, tanhSlope } from "../scalar/tanh";
import { Exp } from "../simd/exp";

/** tanhForward: aᵢ ← tanh zᵢ, at most 3 ULP; −0 stays. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function tanhForward(z: usize, a: usize, n: i32): void {
  for (const end = z + ((<usize>n) << 3); z < end; z += 8, a += 8) store<f64>(a, tanh(load<f64>(z)));
}

/** tanhBackward: dzᵢ ← fl((1 − tanh² zᵢ) daᵢ), the derivative to 4 ULP. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function tanhBackward(z: usize, da: usize, dz: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  for (; z < pairEnd; z += 16, da += 16, dz += 16) {
    const u = Exp.pair(f64x2.mul(f64x2.splat(-2), f64x2.abs(v128.load(z))));
    const divisor = f64x2.add(f64x2.splat(1), u);
    const slope = f64x2.div(f64x2.mul(f64x2.splat(4), u), f64x2.mul(divisor, divisor));
    v128.store(dz, f64x2.mul(slope, v128.load(da)));
  }
  if (z < end) store<f64>(dz, tanhSlope(load<f64>(z)) * load<f64>(da));
}
