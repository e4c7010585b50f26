/**
 * microStrands: C ← C + Σ aₖ ⊗ bₖ for one tile of 4 x 4, k through `rows` rows of `columns` steps; sums run in k order, one rounding per product and per sum.
 *
 * a0..a3: four strands of f64, contiguous within a row; `skip` bytes from the end of a row to the next. b: f64[rows][columns][4] packed panel. c: f64[4][4].
 * Must stay a function of its own and must not be unrolled, as `micro`. A fifth strand would halve the speed: five addresses take too many instructions.
 */
export function microStrands(a0: usize, a1: usize, a2: usize, a3: usize, skip: usize, b: usize, c: usize, rows: i32, columns: i32): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);

  const rowBytes = (<usize>columns) << 5;
  for (; rows > 0; --rows, a0 += skip, a1 += skip, a2 += skip, a3 += skip) {
    const end = b + rowBytes;
    for (; b < end; b += 32, a0 += 8, a1 += 8, a2 += 8, a3 += 8) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const v0 = v128.load64_splat(a0);
      c00 = f64x2.add(c00, f64x2.mul(v0, b0));
      c01 = f64x2.add(c01, f64x2.mul(v0, b1));
      const v1 = v128.load64_splat(a1);
      c10 = f64x2.add(c10, f64x2.mul(v1, b0));
      c11 = f64x2.add(c11, f64x2.mul(v1, b1));
      const v2 = v128.load64_splat(a2);
      c20 = f64x2.add(c20, f64x2.mul(v2, b0));
      c21 = f64x2.add(c21, f64x2.mul(v2, b1));
      const v3 = v128.load64_splat(a3);
      c30 = f64x2.add(c30, f64x2.mul(v3, b0));
      c31 = f64x2.add(c31, f64x2.mul(v3, b1));
    }
  }

  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
}
