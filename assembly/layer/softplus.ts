import { exp } from "../scalar/exp";
import { log1p } from "../scalar/log1p";
import { Exp } from "../simd/exp";

/** softplusForward: aᵢ ← log(1 + e^zᵢ), at most 2 ULP. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function softplusForward(z: usize, a: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  for (; z < pairEnd; z += 16, a += 16) {
    const v = v128.load(z);
    const e = Exp.pair(f64x2.neg(f64x2.abs(v)));
    const above = f64x2(log1p(f64x2.extract_lane(e, 0)), log1p(f64x2.extract_lane(e, 1)));
    v128.store(a, f64x2.add(f64x2.max(v, f64x2.splat(0)), above));
  }
  if (z < end) {
    const v = load<f64>(z);
    store<f64>(a, max(v, 0) + log1p(exp(-abs(v))));
  }
}

/** softplusBackward: dzᵢ ← fl(σ(zᵢ) daᵢ), σ(z) = 1 / (1 + e^−z) to 3 ULP. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function softplusBackward(z: usize, da: usize, dz: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  const one = f64x2.splat(1);
  for (; z < pairEnd; z += 16, da += 16, dz += 16) {
    const v = v128.load(z);
    const e = Exp.pair(f64x2.neg(f64x2.abs(v)));
    const top = v128.bitselect(e, one, f64x2.lt(v, f64x2.splat(0)));
    v128.store(dz, f64x2.mul(f64x2.div(top, f64x2.add(one, e)), v128.load(da)));
  }
  if (z < end) {
    const v = load<f64>(z);
    const e = exp(-abs(v));
    store<f64>(dz, ((v < 0 ? e : 1) / (1 + e)) * load<f64>(da));
  }
}
