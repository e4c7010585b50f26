/** leakyReluForward: aᵢ ← zᵢ > 0 ? zᵢ : fl(slope zᵢ); NaN stays NaN. z, a: f64[n]; a may be z. */
export function leakyReluForward(z: usize, a: usize, n: i32, slope: f64): void {
  const end = z + ((<usize>n) << 3);
  const blockEnd = z + ((<usize>(n & ~7)) << 3);
  const factor = f64x2.splat(slope);
  for (; z < blockEnd; z += 64, a += 64) {
    v128.store(a, Leak.forward(v128.load(z), factor));
    v128.store(a, Leak.forward(v128.load(z, 16), factor), 16);
    v128.store(a, Leak.forward(v128.load(z, 32), factor), 32);
    v128.store(a, Leak.forward(v128.load(z, 48), factor), 48);
  }
  for (; z < end; z += 8, a += 8) {
    const v = load<f64>(z);
    store<f64>(a, v > 0 ? v : slope * v);
  }
}

/** leakyReluBackward: dzᵢ ← zᵢ > 0 ? daᵢ : fl(slope daᵢ); NaN zᵢ gives NaN. z, da, dz: f64[n]; dz may be da. */
export function leakyReluBackward(z: usize, da: usize, dz: usize, n: i32, slope: f64): void {
  const end = z + ((<usize>n) << 3);
  const blockEnd = z + ((<usize>(n & ~7)) << 3);
  const factor = f64x2.splat(slope);
  for (; z < blockEnd; z += 64, da += 64, dz += 64) {
    v128.store(dz, Leak.backward(v128.load(z), v128.load(da), factor));
    v128.store(dz, Leak.backward(v128.load(z, 16), v128.load(da, 16), factor), 16);
    v128.store(dz, Leak.backward(v128.load(z, 32), v128.load(da, 32), factor), 32);
    v128.store(dz, Leak.backward(v128.load(z, 48), v128.load(da, 48), factor), 48);
  }
  for (; z < end; z += 8, da += 8, dz += 8) {
    const v = load<f64>(z);
    const d = load<f64>(da);
    store<f64>(dz, v > 0 ? d : v <= 0 ? slope * d : NaN);
  }
}

class Leak {
  @inline static forward(z: v128, slope: v128): v128 {
    return v128.bitselect(z, f64x2.mul(slope, z), f64x2.gt(z, f64x2.splat(0)));
  }

  /** The backward gate: all bits set, hence NaN, where z is NaN. */
  @inline static backward(z: v128, da: v128, slope: v128): v128 {
    return v128.or(v128.bitselect(da, f64x2.mul(slope, da), f64x2.gt(z, f64x2.splat(0))), f64x2.ne(z, z));
  }
}
