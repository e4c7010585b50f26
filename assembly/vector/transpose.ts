/**
 * transpose: out[j][i] ← x[i][j].
 *
 * x: f64[rows][columns], not modified; out: f64[columns][rows], overwritten; they do not overlap.
 * Eight rows at a time, so that a cache line of out is filled while it is near; within them blocks of two by two.
 */
export function transpose(x: usize, out: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  const outStride = (<usize>rows) << 3;
  let i = 0;
  for (; i + 8 <= rows; i += 8, x += stride << 3, out += 64) transposeRows(x, out, 8, columns, stride, outStride);
  const rest = (rows - i) & ~1;
  transposeRows(x, out, rest, columns, stride, outStride);
  if (rows & 1) copyRow(x + <usize>rest * stride, out + ((<usize>rest) << 3), columns, outStride);
}

/** `count` rows, an even number, into as many columns of out. */
function transposeRows(x: usize, out: usize, count: i32, columns: i32, stride: usize, outStride: usize): void {
  const pairEnd = x + ((<usize>(columns & ~1)) << 3);
  const bytes = (<usize>count) << 3;
  for (; x < pairEnd; x += 16, out += outStride << 1) {
    let source = x;
    let target = out;
    for (const end = out + bytes; target < end; target += 16, source += stride << 1) {
      const above = v128.load(source);
      const below = v128.load(source + stride);
      v128.store(target, v128.shuffle<f64>(above, below, 0, 2));
      v128.store(target + outStride, v128.shuffle<f64>(above, below, 1, 3));
    }
  }
  if (columns & 1) {
    for (const end = out + bytes; out < end; out += 8, x += stride) store<f64>(out, load<f64>(x));
  }
}

/** One row into a column. */
function copyRow(x: usize, out: usize, columns: i32, outStride: usize): void {
  for (const end = x + ((<usize>columns) << 3); x < end; x += 8, out += outStride) store<f64>(out, load<f64>(x));
}
