/**
 * microFiveStrands: C ← C + Σ aₖ ⊗ bₖ for one tile of 5 x 4: `microStrands` with a fifth strand and a panel without gaps. c: f64[5][4].
 *
 * No tap is left over of 25, nor of any number that fives and fours add up to. Must stay a function of its own and must not be unrolled, as `micro`.
 */
export function microFiveStrands(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  a4: usize,
  skip: usize,
  b: usize,
  c: usize,
  rows: i32,
  columns: i32,
): void {
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(c, 32);
  let c11 = v128.load(c, 48);
  let c20 = v128.load(c, 64);
  let c21 = v128.load(c, 80);
  let c30 = v128.load(c, 96);
  let c31 = v128.load(c, 112);
  let c40 = v128.load(c, 128);
  let c41 = v128.load(c, 144);

  const rowBytes = (<usize>columns) << 5;
  let k: usize = 0;
  for (; rows > 0; --rows, k += skip) {
    const end = b + rowBytes;
    for (; b < end; b += 32, k += 8) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const v0 = v128.load64_splat(a0 + k);
      c00 = f64x2.add(c00, f64x2.mul(v0, b0));
      c01 = f64x2.add(c01, f64x2.mul(v0, b1));
      const v1 = v128.load64_splat(a1 + k);
      c10 = f64x2.add(c10, f64x2.mul(v1, b0));
      c11 = f64x2.add(c11, f64x2.mul(v1, b1));
      const v2 = v128.load64_splat(a2 + k);
      c20 = f64x2.add(c20, f64x2.mul(v2, b0));
      c21 = f64x2.add(c21, f64x2.mul(v2, b1));
      const v3 = v128.load64_splat(a3 + k);
      c30 = f64x2.add(c30, f64x2.mul(v3, b0));
      c31 = f64x2.add(c31, f64x2.mul(v3, b1));
      const v4 = v128.load64_splat(a4 + k);
      c40 = f64x2.add(c40, f64x2.mul(v4, b0));
      c41 = f64x2.add(c41, f64x2.mul(v4, b1));
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
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
}
