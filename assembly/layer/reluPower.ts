/**
 * reluPowerForward: aᵢ ← max(zᵢ, 0)^r, r = halves / 2 ≥ 1: zᵢ, multiplied by zᵢ ⌊r⌋ - 1 times, then by √zᵢ if `halves` is odd.
 *
 * z, a: f64[n]; a may be z. zᵢ ≤ 0 gives +0; NaN stays NaN.
 */
export function reluPowerForward(z: usize, a: usize, n: i32, halves: i32): void {
  const end = z + ((<usize>n) << 3);
  const blockEnd = z + ((<usize>(n & ~3)) << 3);
  const zero = f64x2.splat(0);
  const factors = (halves >> 1) - 1;
  for (; z < blockEnd; z += 32, a += 32) {
    const v0 = v128.load(z);
    const v1 = v128.load(z, 16);
    let p0 = v0;
    let p1 = v1;
    for (let i = 0; i < factors; ++i) {
      p0 = f64x2.mul(p0, v0);
      p1 = f64x2.mul(p1, v1);
    }
    if (halves & 1) {
      p0 = f64x2.mul(p0, f64x2.sqrt(v0));
      p1 = f64x2.mul(p1, f64x2.sqrt(v1));
    }
    v128.store(a, v128.andnot(p0, f64x2.le(v0, zero)));
    v128.store(a, v128.andnot(p1, f64x2.le(v1, zero)), 16);
  }
  for (; z < end; z += 8, a += 8) {
    const v = load<f64>(z);
    let p = v;
    for (let i = 0; i < factors; ++i) p *= v;
    if (halves & 1) p *= sqrt(v);
    store<f64>(a, v <= 0 ? 0 : p);
  }
}

/**
 * reluPowerBackward: dzᵢ ← zᵢ > 0 ? fl(fl(r p) daᵢ) : +0 with p = zᵢ^(r-1): 1, multiplied by zᵢ ⌊r⌋ - 1 times, then by √zᵢ if `halves` is odd.
 *
 * z, da, dz: f64[n]; dz may be da; r = halves / 2 ≥ 1. NaN zᵢ gives NaN.
 */
export function reluPowerBackward(z: usize, da: usize, dz: usize, n: i32, halves: i32): void {
  const end = z + ((<usize>n) << 3);
  const blockEnd = z + ((<usize>(n & ~3)) << 3);
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const degree = 0.5 * <f64>halves;
  const r = f64x2.splat(degree);
  const factors = (halves >> 1) - 1;
  for (; z < blockEnd; z += 32, da += 32, dz += 32) {
    const v0 = v128.load(z);
    const v1 = v128.load(z, 16);
    let p0 = one;
    let p1 = one;
    for (let i = 0; i < factors; ++i) {
      p0 = f64x2.mul(p0, v0);
      p1 = f64x2.mul(p1, v1);
    }
    if (halves & 1) {
      p0 = f64x2.mul(p0, f64x2.sqrt(v0));
      p1 = f64x2.mul(p1, f64x2.sqrt(v1));
    }
    const d0 = f64x2.mul(f64x2.mul(r, p0), v128.load(da));
    const d1 = f64x2.mul(f64x2.mul(r, p1), v128.load(da, 16));
    // f64x2.ne(v, v): all bits set, hence NaN, where v is NaN; needed where p does not depend on v
    v128.store(dz, v128.or(v128.andnot(d0, f64x2.le(v0, zero)), f64x2.ne(v0, v0)));
    v128.store(dz, v128.or(v128.andnot(d1, f64x2.le(v1, zero)), f64x2.ne(v1, v1)), 16);
  }
  for (; z < end; z += 8, da += 8, dz += 8) {
    const v = load<f64>(z);
    let p = 1.0;
    for (let i = 0; i < factors; ++i) p *= v;
    if (halves & 1) p *= sqrt(v);
    store<f64>(dz, v > 0 ? degree * p * load<f64>(da) : v <= 0 ? 0 : NaN);
  }
}
