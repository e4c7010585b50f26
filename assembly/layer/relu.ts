/** reluForward: aᵢ ← zᵢ > 0 ? zᵢ : +0; NaN stays NaN. z, a: f64[n]; a may be z. */
export function reluForward(z: usize, a: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const blockEnd = z + ((<usize>(n & ~7)) << 3);
  const zero = f64x2.splat(0);
  for (; z < blockEnd; z += 64, a += 64) {
    const v0 = v128.load(z);
    const v1 = v128.load(z, 16);
    const v2 = v128.load(z, 32);
    const v3 = v128.load(z, 48);
    v128.store(a, v128.andnot(v0, f64x2.le(v0, zero)));
    v128.store(a, v128.andnot(v1, f64x2.le(v1, zero)), 16);
    v128.store(a, v128.andnot(v2, f64x2.le(v2, zero)), 32);
    v128.store(a, v128.andnot(v3, f64x2.le(v3, zero)), 48);
  }
  for (; z < end; z += 8, a += 8) {
    const v = load<f64>(z);
    store<f64>(a, v <= 0 ? 0 : v);
  }
}

/** All bits set, hence NaN, where z is NaN; +0 where z ≤ 0; otherwise da. */
class Gate {
  @inline static pass(z: v128, da: v128): v128 {
    return v128.or(v128.andnot(da, f64x2.le(z, f64x2.splat(0))), f64x2.ne(z, z));
  }
}

/** reluBackward: dzᵢ ← zᵢ > 0 ? daᵢ : +0; NaN zᵢ gives NaN. z, da, dz: f64[n]; dz may be da. */
export function reluBackward(z: usize, da: usize, dz: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const blockEnd = z + ((<usize>(n & ~7)) << 3);
  for (; z < blockEnd; z += 64, da += 64, dz += 64) {
    v128.store(dz, Gate.pass(v128.load(z), v128.load(da)));
    v128.store(dz, Gate.pass(v128.load(z, 16), v128.load(da, 16)), 16);
    v128.store(dz, Gate.pass(v128.load(z, 32), v128.load(da, 32)), 32);
    v128.store(dz, Gate.pass(v128.load(z, 48), v128.load(da, 48)), 48);
  }
  for (; z < end; z += 8, da += 8, dz += 8) {
    const v = load<f64>(z);
    store<f64>(dz, v > 0 ? load<f64>(da) : v <= 0 ? 0 : NaN);
  }
}
