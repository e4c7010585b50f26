/** absForward: aᵢ ← |zᵢ|. z, a: f64[n]; a may be z. */
export function absForward(z: usize, a: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  for (; z < pairEnd; z += 16, a += 16) v128.store(a, f64x2.abs(v128.load(z)));
  if (z < end) store<f64>(a, abs(load<f64>(z)));
}

/** absBackward: dzᵢ ← daᵢ where zᵢ > 0, −daᵢ where zᵢ < 0, +0 at ±0; NaN zᵢ gives NaN. z, da, dz: f64[n]; dz may be da. */
export function absBackward(z: usize, da: usize, dz: usize, n: i32): void {
  const end = z + ((<usize>n) << 3);
  const pairEnd = z + ((<usize>(n & ~1)) << 3);
  const zero = f64x2.splat(0);
  const minus = f64x2.splat(-0.0);
  for (; z < pairEnd; z += 16, da += 16, dz += 16) {
    const v = v128.load(z);
    const signed = v128.xor(v128.load(da), v128.and(v, minus));
    // f64x2.ne(v, v): all bits set, hence NaN, where v is NaN
    v128.store(dz, v128.or(v128.andnot(signed, f64x2.eq(v, zero)), f64x2.ne(v, v)));
  }
  if (z < end) {
    const v = load<f64>(z);
    const d = load<f64>(da);
    store<f64>(dz, v > 0 ? d : v < 0 ? -d : v == 0 ? 0 : NaN);
  }
}
