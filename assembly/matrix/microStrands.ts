/**
 * microStrands: C ← Σ aₖ ⊗ bₖ, or C ← C + Σ aₖ ⊗ bₖ, for one tile of 4 x 4, k through `rows` rows of `columns` steps; sums run in k order, one rounding per product
 * and per sum.
 *
 * a0..a3: four strands of f64, contiguous within a row, `skip` bytes from the end of a row to the next. b: packed panel of f64[4], contiguous within a row,
 * `panelSkip` bytes from the end of a row to the next. c0..c3: f64[4], where strands are the same as well. rows = 0 or columns = 0 gives zeros or C itself.
 * Must stay a function of its own and must not be unrolled, as `micro`. Strands and a panel are the quickest form: two rows of a panel and four numbers are read for
 * 16 products, and neither is out of line.
 */
export function microStrands(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  skip: usize,
  b: usize,
  panelSkip: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  rows: i32,
  columns: i32,
  accumulate: bool,
): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (accumulate) {
    c00 = v128.load(c0);
    c01 = v128.load(c0, 16);
    c10 = v128.load(c1);
    c11 = v128.load(c1, 16);
    c20 = v128.load(c2);
    c21 = v128.load(c2, 16);
    c30 = v128.load(c3);
    c31 = v128.load(c3, 16);
  }

  const rowBytes = (<usize>columns) << 5;
  for (; rows > 0; --rows, a0 += skip, a1 += skip, a2 += skip, a3 += skip, b += panelSkip) {
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

  v128.store(c0, c00);
  v128.store(c0, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
}
