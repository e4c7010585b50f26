/**
 * microIndexed: C ← Σₖ aₖ ⊗ bₖ, or C ← C + Σₖ aₖ ⊗ bₖ, for one tile of 4 x 4; sums run in k order, one rounding per product and per sum.
 *
 * a: f64[depth][4] packed panel; bₖ: the four f64 at `b + offsets[k]`, which need no alignment; offsets: int32[depth], bytes; c: 4 rows of 4 f64, `stride`
 * bytes apart; depth ≥ 0 (0 gives zeros or C itself). Must stay a function of its own and must not be unrolled, as `micro`.
 */
export function microIndexed(a: usize, b: usize, offsets: usize, c: usize, stride: usize, depth: i32, accumulate: bool): void {
  const row1 = c + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  if (accumulate) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(row1);
    c11 = v128.load(row1, 16);
    c20 = v128.load(row2);
    c21 = v128.load(row2, 16);
    c30 = v128.load(row3);
    c31 = v128.load(row3, 16);
  }

  const end = a + ((<usize>depth) << 5);
  for (; a < end; a += 32, offsets += 4) {
    const from = b + <usize>load<i32>(offsets);
    const b0 = v128.load(from);
    const b1 = v128.load(from, 16);
    const a0 = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(a0, b0));
    c01 = f64x2.add(c01, f64x2.mul(a0, b1));
    const a1 = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(a1, b0));
    c11 = f64x2.add(c11, f64x2.mul(a1, b1));
    const a2 = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(a2, b0));
    c21 = f64x2.add(c21, f64x2.mul(a2, b1));
    const a3 = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(a3, b0));
    c31 = f64x2.add(c31, f64x2.mul(a3, b1));
  }

  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(row1, c10);
  v128.store(row1, c11, 16);
  v128.store(row2, c20);
  v128.store(row2, c21, 16);
  v128.store(row3, c30);
  v128.store(row3, c31, 16);
}
