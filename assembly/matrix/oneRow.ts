/*
 * The products of a layer with one output, whose weights are one row: too narrow for tiles, of which three columns in four would stay empty. The same sums in the
 * same order as `gemm`. Outputs overlap no input.
 */

/** multiplyRows: z[rows] ← x[rows][columns] · w[columns], every entry sequential over the columns from +0. */
export function multiplyRows(x: usize, w: usize, z: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  for (; rows >= 8; rows -= 8, x += stride * 8, z += 64) eightRows(x, stride, w, z, columns);
  const end = w + stride;
  for (; rows > 0; --rows, z += 8) {
    let sum = 0.0;
    for (let v = w; v < end; v += 8, x += 8) sum += load<f64>(x) * load<f64>(v);
    store<f64>(z, sum);
  }
}

/** Eight rows, of which two share an accumulator. */
function eightRows(x: usize, stride: usize, w: usize, z: usize, columns: i32): void {
  const pairStride = stride * 2;
  let x0 = x;
  let x1 = x0 + pairStride;
  let x2 = x1 + pairStride;
  let x3 = x2 + pairStride;
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  const pairEnd = w + ((<usize>(columns & ~1)) << 3);
  for (; w < pairEnd; w += 16, x0 += 16, x1 += 16, x2 += 16, x3 += 16) {
    const w0 = v128.load64_splat(w);
    const w1 = v128.load64_splat(w, 8);
    const a0 = v128.load(x0);
    const b0 = v128.load(x0 + stride);
    sum0 = f64x2.add(sum0, f64x2.mul(v128.shuffle<f64>(a0, b0, 0, 2), w0));
    sum0 = f64x2.add(sum0, f64x2.mul(v128.shuffle<f64>(a0, b0, 1, 3), w1));
    const a1 = v128.load(x1);
    const b1 = v128.load(x1 + stride);
    sum1 = f64x2.add(sum1, f64x2.mul(v128.shuffle<f64>(a1, b1, 0, 2), w0));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.shuffle<f64>(a1, b1, 1, 3), w1));
    const a2 = v128.load(x2);
    const b2 = v128.load(x2 + stride);
    sum2 = f64x2.add(sum2, f64x2.mul(v128.shuffle<f64>(a2, b2, 0, 2), w0));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.shuffle<f64>(a2, b2, 1, 3), w1));
    const a3 = v128.load(x3);
    const b3 = v128.load(x3 + stride);
    sum3 = f64x2.add(sum3, f64x2.mul(v128.shuffle<f64>(a3, b3, 0, 2), w0));
    sum3 = f64x2.add(sum3, f64x2.mul(v128.shuffle<f64>(a3, b3, 1, 3), w1));
  }
  if (columns & 1) {
    const w0 = v128.load64_splat(w);
    sum0 = f64x2.add(sum0, f64x2.mul(pairOf(x0, stride), w0));
    sum1 = f64x2.add(sum1, f64x2.mul(pairOf(x1, stride), w0));
    sum2 = f64x2.add(sum2, f64x2.mul(pairOf(x2, stride), w0));
    sum3 = f64x2.add(sum3, f64x2.mul(pairOf(x3, stride), w0));
  }
  v128.store(z, sum0);
  v128.store(z, sum1, 16);
  v128.store(z, sum2, 32);
  v128.store(z, sum3, 48);
}

function pairOf(x: usize, stride: usize): v128 {
  return f64x2.replace_lane(v128.load64_splat(x), 1, load<f64>(x + stride));
}

/** outerProduct: dx[rows][columns] ← fl(0 + fl(dzᵢ wⱼ)), so that no entry is -0. */
export function outerProduct(dz: usize, w: usize, dx: usize, rows: i32, columns: i32): void {
  const zero = f64x2.splat(0);
  const pairEnd = w + ((<usize>(columns & ~1)) << 3);
  for (; rows > 0; --rows, dz += 8) {
    const factor = v128.load64_splat(dz);
    let v = w;
    for (; v < pairEnd; v += 16, dx += 16) v128.store(dx, f64x2.add(zero, f64x2.mul(factor, v128.load(v))));
    if (columns & 1) {
      store<f64>(dx, 0 + load<f64>(dz) * load<f64>(v));
      dx += 8;
    }
  }
}

/** Columns of a block of `addRows`: 64 KB of sums, which a second-level cache keeps while rows of x pass by in long runs. */
const blockColumns: i32 = 8192;

/** addRows: dw[columns] ← dz[rows] · x[rows][columns], every entry sequential over the rows from +0. */
export function addRows(dz: usize, x: usize, dw: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  memory.fill(dw, 0, stride);
  for (; columns > 0; columns -= blockColumns, x += blockColumns << 3, dw += blockColumns << 3) {
    const width = min(columns, blockColumns);
    let d = dz;
    let from = x;
    let r = rows;
    for (; r >= 4; r -= 4, d += 32, from += stride * 4) addFour(d, from, stride, dw, width);
    for (; r > 0; --r, d += 8, from += stride) addOne(load<f64>(d), from, dw, width);
  }
}

/** Four rows, one after another for every entry. */
function addFour(d: usize, x: usize, stride: usize, dw: usize, columns: i32): void {
  const d0 = v128.load64_splat(d);
  const d1 = v128.load64_splat(d, 8);
  const d2 = v128.load64_splat(d, 16);
  const d3 = v128.load64_splat(d, 24);
  let x1 = x + stride;
  let x2 = x1 + stride;
  let x3 = x2 + stride;
  const pairEnd = x + ((<usize>(columns & ~1)) << 3);
  for (; x < pairEnd; x += 16, x1 += 16, x2 += 16, x3 += 16, dw += 16) {
    let sum = f64x2.add(v128.load(dw), f64x2.mul(d0, v128.load(x)));
    sum = f64x2.add(sum, f64x2.mul(d1, v128.load(x1)));
    sum = f64x2.add(sum, f64x2.mul(d2, v128.load(x2)));
    v128.store(dw, f64x2.add(sum, f64x2.mul(d3, v128.load(x3))));
  }
  if (columns & 1) {
    let sum = load<f64>(dw) + load<f64>(d) * load<f64>(x);
    sum += load<f64>(d, 8) * load<f64>(x1);
    sum += load<f64>(d, 16) * load<f64>(x2);
    store<f64>(dw, sum + load<f64>(d, 24) * load<f64>(x3));
  }
}

function addOne(factor: f64, x: usize, dw: usize, columns: i32): void {
  const end = x + ((<usize>columns) << 3);
  for (; x < end; x += 8, dw += 8) store<f64>(dw, load<f64>(dw) + factor * load<f64>(x));
}
