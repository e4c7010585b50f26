/**
 * maxoutForward: z[n][units] ← the largest of the pieces of each unit, x: f64[n][units][pieces].
 *
 * pieces ≥ 1; x and z apart. Of equal pieces the first counts, also for the sign of a zero; a NaN among them gives NaN.
 */
export function maxoutForward(x: usize, z: usize, n: i32, units: i32, pieces: i32): void {
  const pieceBytes = (<usize>pieces) << 3;
  for (const end = z + ((<usize>(n * units)) << 3); z < end; z += 8) {
    let best = load<f64>(x);
    for (const last = x + pieceBytes; x < last; x += 8) {
      const value = load<f64>(x);
      if (!(value <= best)) best = value == value && best == best ? value : NaN;
    }
    store<f64>(z, best);
  }
}

/**
 * maxoutBackward: dx[n][units][pieces] ← dz for the first largest piece of each unit, +0 for the others.
 *
 * x, dx: f64[n][units][pieces], z, dz: f64[n][units], z from maxoutForward; dx may be x. Where z is NaN, the first NaN gets NaN.
 */
export function maxoutBackward(x: usize, z: usize, dz: usize, dx: usize, n: i32, units: i32, pieces: i32): void {
  const pieceBytes = (<usize>pieces) << 3;
  for (const end = z + ((<usize>(n * units)) << 3); z < end; z += 8, dz += 8) {
    const best = load<f64>(z);
    const given = best == best ? load<f64>(dz) : NaN;
    let isOpen = true;
    for (const last = x + pieceBytes; x < last; x += 8, dx += 8) {
      const value = load<f64>(x);
      const isFirst = isOpen && (value == best || value != value);
      store<f64>(dx, isFirst ? given : 0);
      if (isFirst) isOpen = false;
    }
  }
}
