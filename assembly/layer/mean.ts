/** meanForward: z[n][units] ← fl(sum / pieces) of the pieces of each unit, summed from +0 in order. x: f64[n][units][pieces], pieces ≥ 1; x and z apart. */
export function meanForward(x: usize, z: usize, n: i32, units: i32, pieces: i32): void {
  const pieceBytes = (<usize>pieces) << 3;
  const count = <f64>pieces;
  for (const end = z + ((<usize>(n * units)) << 3); z < end; z += 8) {
    let sum: f64 = 0;
    for (const last = x + pieceBytes; x < last; x += 8) sum += load<f64>(x);
    store<f64>(z, sum / count);
  }
}

/** meanBackward: dx[n][units][pieces] ← fl(dz / pieces), dz: f64[n][units], apart. */
export function meanBackward(dz: usize, dx: usize, n: i32, units: i32, pieces: i32): void {
  const pieceBytes = (<usize>pieces) << 3;
  const count = <f64>pieces;
  for (const end = dz + ((<usize>(n * units)) << 3); dz < end; dz += 8) {
    const share = load<f64>(dz) / count;
    for (const last = dx + pieceBytes; dx < last; dx += 8) store<f64>(dx, share);
  }
}
