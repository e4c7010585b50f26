import { exp } from "../scalar/exp";
import { expProduct } from "../scalar/expProduct";
import { Exp } from "../simd/exp";

const slowBelow: f64 = -700; // from here on a lane goes by the scalar function, which keeps subnormal results accurate

/** siluForward: aᵢ ← zᵢ / (1 + e^−zᵢ), at most 3 ULP. z, a: f64[n], 8-byte aligned; a may be z. NaN stays NaN. */
export function siluForward(z: usize, a: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  for (; z < pairEnd; z += 16, a += 16) {
    const v = v128.load(z);
    if (v128.any_true(f64x2.lt(v, f64x2.splat(slowBelow)))) {
      v128.store(a, f64x2(silu(f64x2.extract_lane(v, 0)), silu(f64x2.extract_lane(v, 1))));
    } else {
      const e = Exp.pair(f64x2.neg(f64x2.abs(v)));
      const top = v128.bitselect(f64x2.mul(v, e), v, f64x2.lt(v, f64x2.splat(0)));
      v128.store(a, f64x2.div(top, f64x2.add(f64x2.splat(1), e)));
    }
  }
  if (z < end) store<f64>(a, silu(load<f64>(z)));
}

/** siluBackward: dzᵢ ← fl(silu'(zᵢ) daᵢ), silu' to 3 ULP or 2⁻⁵³. z, da, dz: f64[n], 8-byte aligned; dz may be da. NaN zᵢ gives NaN. */
export function siluBackward(z: usize, da: usize, dz: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  const one = f64x2.splat(1);
  for (; z < pairEnd; z += 16, da += 16, dz += 16) {
    const v = v128.load(z);
    const a = f64x2.abs(v);
    let slope: v128;
    if (v128.any_true(f64x2.gt(a, f64x2.splat(-slowBelow)))) {
      slope = f64x2(siluSlope(f64x2.extract_lane(v, 0)), siluSlope(f64x2.extract_lane(v, 1)));
    } else {
      const e = Exp.pair(f64x2.neg(a));
      const d = f64x2.add(one, e);
      const isNegative = f64x2.lt(v, f64x2.splat(0));
      const bend = f64x2.add(one, f64x2.div(v128.bitselect(v, f64x2.mul(v, e), isNegative), d));
      slope = f64x2.div(v128.bitselect(f64x2.mul(e, bend), bend, isNegative), d);
    }
    v128.store(dz, f64x2.mul(slope, v128.load(da)));
  }
  if (z < end) store<f64>(dz, siluSlope(load<f64>(z)) * load<f64>(da));
}

/** z / (1 + e^−z). */
function silu(z: f64): f64 {
  if (z < slowBelow) return z < -790 ? -0.0 : expProduct(z, 0, z);
  const e = exp(-abs(z));
  return (z < 0 ? z * e : z) / (1 + e);
}

/** σ(z) (1 + z σ(−z)), σ(z) = 1 / (1 + e^−z). */
function siluSlope(z: f64): f64 {
  if (z < slowBelow) return z < -790 ? -0.0 : expProduct(z, 0, 1 + z);
  if (z > -slowBelow) return 1;
  const e = exp(-abs(z));
  const d = 1 + e;
  return z < 0 ? (e * (1 + z / d)) / d : (1 + (z * e) / d) / d;
}
