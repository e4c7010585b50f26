/** A compressed matrix: positions of start and index in `index32`, of value in `data`. */
export interface Compressed {
  readonly start: number;
  readonly index: number;
  readonly value: number;
}

/** Columns per panel of the dense operand: with one factor, nine of the fifteen registers that V8 can allocate. */
export const panelWidth = 8;

/**
 * Row r of the result, its entry j < `width` ≤ 8 at out + r * rowStride + j * columnStride, ← Σ_e value_e · panel[index_e][j] over the entries e of row r,
 * in their order, from +0: the twin of `assembly/matrix/sparseRows.ts`. panel: [columns][8].
 */
export function sparseRows(
  data: Float64Array,
  index32: Int32Array,
  { start, index, value }: Compressed,
  rows: number,
  panel: number,
  { out, rowStride, columnStride, width }: { out: number; rowStride: number; columnStride: number; width: number },
): void {
  for (let r = 0; r < rows; r += 1) {
    let c0 = 0;
    let c1 = 0;
    let c2 = 0;
    let c3 = 0;
    let c4 = 0;
    let c5 = 0;
    let c6 = 0;
    let c7 = 0;
    const end = index32[start + r + 1]!;
    for (let e = index32[start + r]!; e < end; e += 1) {
      const b = panel + 8 * index32[index + e]!;
      const a = data[value + e]!;
      c0 += a * data[b]!;
      c1 += a * data[b + 1]!;
      c2 += a * data[b + 2]!;
      c3 += a * data[b + 3]!;
      c4 += a * data[b + 4]!;
      c5 += a * data[b + 5]!;
      c6 += a * data[b + 6]!;
      c7 += a * data[b + 7]!;
    }
    const target = out + r * rowStride;
    data[target] = c0;
    if (width > 1) data[target + columnStride] = c1;
    if (width > 2) data[target + 2 * columnStride] = c2;
    if (width > 3) data[target + 3 * columnStride] = c3;
    if (width > 4) data[target + 4 * columnStride] = c4;
    if (width > 5) data[target + 5 * columnStride] = c5;
    if (width > 6) data[target + 6 * columnStride] = c6;
    if (width > 7) data[target + 7 * columnStride] = c7;
  }
}
