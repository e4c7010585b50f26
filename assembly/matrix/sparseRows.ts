import { balancedDepth, sparseDepthBlock } from "./blocking";

/**
 * sparseRows: out[r][16] ← Σ_e fl(value_e · panel[index_e][16]) over the entries e of row r of a compressed matrix, in their order, from +0.
 *
 * start: int32[rows + 1]; index: int32, increasing within a row, < columns; value: f64; panel: f64[columns][16]; out: rows of 16 f64, `stride` bytes
 * apart, overlapping no input; cursor: int32[rows], scratch. Columns are taken in blocks whose part of the panel fits a second-level cache; a later
 * block starts its accumulators from `out`, so blocking changes no bit.
 */
export function sparseRows(
  start: usize,
  index: usize,
  value: usize,
  rows: i32,
  columns: i32,
  panel: usize,
  out: usize,
  stride: usize,
  cursor: usize,
): void {
  const depth = balancedDepth(columns, sparseDepthBlock);
  let block = 0;
  do {
    const limit = block + depth;
    let target = out;
    for (let r = 0; r < rows; ++r, target += stride) {
      const at = (<usize>r) << 2;
      const first = load<i32>((block == 0 ? start : cursor) + at);
      const next = sparseRow(index, value, first, load<i32>(start + at, 4), limit, panel, target, block > 0);
      store<i32>(cursor + at, next);
    }
    block = limit;
  } while (block < columns);
}

/**
 * One row of one block: the entries from `entry` on whose index is below `limit`; returns the first one left over. Eight accumulators, so that no
 * engine spills.
 */
function sparseRow(index: usize, value: usize, entry: i32, end: i32, limit: i32, panel: usize, out: usize, accumulate: bool): i32 {
  let c0 = f64x2.splat(0);
  let c1 = c0;
  let c2 = c0;
  let c3 = c0;
  let c4 = c0;
  let c5 = c0;
  let c6 = c0;
  let c7 = c0;
  if (accumulate) {
    c0 = v128.load(out);
    c1 = v128.load(out, 16);
    c2 = v128.load(out, 32);
    c3 = v128.load(out, 48);
    c4 = v128.load(out, 64);
    c5 = v128.load(out, 80);
    c6 = v128.load(out, 96);
    c7 = v128.load(out, 112);
  }

  for (; entry < end; ++entry) {
    const column = load<i32>(index + ((<usize>entry) << 2));
    if (column >= limit) break;
    const b = panel + ((<usize>column) << 7);
    const a = v128.load64_splat(value + ((<usize>entry) << 3));
    c0 = f64x2.add(c0, f64x2.mul(a, v128.load(b)));
    c1 = f64x2.add(c1, f64x2.mul(a, v128.load(b, 16)));
    c2 = f64x2.add(c2, f64x2.mul(a, v128.load(b, 32)));
    c3 = f64x2.add(c3, f64x2.mul(a, v128.load(b, 48)));
    c4 = f64x2.add(c4, f64x2.mul(a, v128.load(b, 64)));
    c5 = f64x2.add(c5, f64x2.mul(a, v128.load(b, 80)));
    c6 = f64x2.add(c6, f64x2.mul(a, v128.load(b, 96)));
    c7 = f64x2.add(c7, f64x2.mul(a, v128.load(b, 112)));
  }

  v128.store(out, c0);
  v128.store(out, c1, 16);
  v128.store(out, c2, 32);
  v128.store(out, c3, 48);
  v128.store(out, c4, 64);
  v128.store(out, c5, 80);
  v128.store(out, c6, 96);
  v128.store(out, c7, 112);
  return entry;
}
