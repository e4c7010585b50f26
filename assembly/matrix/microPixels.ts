/**
 * microPixels: C ← Σₖ aₖ ⊗ bₖ, or C ← C + Σₖ aₖ ⊗ bₖ, for one tile of 4 x 5; sums run in k order, one rounding per product and per sum.
 *
 * As `microIndexed`, but bₖ are five f64 at `b + offsets[k]`, and c has rows of five. They are read one by one, and a two by two, which is 3 % faster: no vector
 * crosses a cache line. Must stay a function of its own and must not be unrolled, as `micro`.
 */
export function microPixels(a: usize, b: usize, offsets: usize, c: usize, stride: usize, depth: i32, accumulate: bool): void {
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
  let c40 = c00;
  let c41 = c00;
  if (accumulate) {
    c00 = columnOf(c, row1, 0);
    c01 = columnOf(row2, row3, 0);
    c10 = columnOf(c, row1, 8);
    c11 = columnOf(row2, row3, 8);
    c20 = columnOf(c, row1, 16);
    c21 = columnOf(row2, row3, 16);
    c30 = columnOf(c, row1, 24);
    c31 = columnOf(row2, row3, 24);
    c40 = columnOf(c, row1, 32);
    c41 = columnOf(row2, row3, 32);
  }

  const end = a + ((<usize>depth) << 5);
  for (; a < end; a += 32, offsets += 4) {
    const from = b + <usize>load<i32>(offsets);
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    const b0 = v128.load64_splat(from);
    c00 = f64x2.add(c00, f64x2.mul(b0, a0));
    c01 = f64x2.add(c01, f64x2.mul(b0, a1));
    const b1 = v128.load64_splat(from, 8);
    c10 = f64x2.add(c10, f64x2.mul(b1, a0));
    c11 = f64x2.add(c11, f64x2.mul(b1, a1));
    const b2 = v128.load64_splat(from, 16);
    c20 = f64x2.add(c20, f64x2.mul(b2, a0));
    c21 = f64x2.add(c21, f64x2.mul(b2, a1));
    const b3 = v128.load64_splat(from, 24);
    c30 = f64x2.add(c30, f64x2.mul(b3, a0));
    c31 = f64x2.add(c31, f64x2.mul(b3, a1));
    const b4 = v128.load64_splat(from, 32);
    c40 = f64x2.add(c40, f64x2.mul(b4, a0));
    c41 = f64x2.add(c41, f64x2.mul(b4, a1));
  }

  v128.store(c, v128.shuffle<f64>(c00, c10, 0, 2));
  v128.store(c, v128.shuffle<f64>(c20, c30, 0, 2), 16);
  v128.store64_lane(c, c40, 0, 32);
  v128.store(row1, v128.shuffle<f64>(c00, c10, 1, 3));
  v128.store(row1, v128.shuffle<f64>(c20, c30, 1, 3), 16);
  v128.store64_lane(row1, c40, 1, 32);
  v128.store(row2, v128.shuffle<f64>(c01, c11, 0, 2));
  v128.store(row2, v128.shuffle<f64>(c21, c31, 0, 2), 16);
  v128.store64_lane(row2, c41, 0, 32);
  v128.store(row3, v128.shuffle<f64>(c01, c11, 1, 3));
  v128.store(row3, v128.shuffle<f64>(c21, c31, 1, 3), 16);
  v128.store64_lane(row3, c41, 1, 32);
}

/** The entries of two rows at one place. */
function columnOf(upper: usize, lower: usize, offset: usize): v128 {
  return f64x2.replace_lane(v128.load64_splat(upper + offset), 1, load<f64>(lower + offset));
}
