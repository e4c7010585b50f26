import { balancedDepth, columnBlock, depthBlock, rowBlock, tileColumns, tileRows } from "./blocking";
import { micro } from "./micro";
import { packSlices4, packSlices5, packStrands4, packStrands5 } from "./pack";
import { copyTile } from "./tile";

/** Storage of the operands, N or T each: N for [row][k] and [k][column], T (transposed) for [k][row] and [column][k]. */
export const enum Layout {
  NN,
  NT,
  TN,
}

/** Bytes of the edge tile at the start of the scratch space, rounded up to whole cache lines. */
const edgeTileBytes: usize = 192;

/**
 * gemm: c[m][n] ← a · b, every entry Σₖ fl(aₖ bₖ) in k order from +0.
 *
 * a: f64[m][k] or, transposed, f64[k][m]; b: f64[k][n] or, transposed, f64[n][k]; c overlaps neither. m, n, k ≥ 0; k = 0 gives zeros.
 * scratch: edge tile, packed block of A, packed block of B. A later block of k starts its accumulators from c, so blocking changes no bit.
 * Source of the loop order: Van Zee and van de Geijn, BLIS, ACM TOMS 41 (2015).
 */
export function gemm(layout: Layout, a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, scratch: usize): void {
  const depth = balancedDepth(k, depthBlock);
  const packedA = scratch + edgeTileBytes;
  const panelsA = (min(m, rowBlock) + tileRows - 1) / tileRows;
  const packedB = packedA + (((<usize>(panelsA * tileRows) * <usize>depth + 7) & ~7) << 3);
  const stride = (<usize>n) << 3;

  for (let j = 0; j < n; j += columnBlock) {
    const columns = min(n - j, columnBlock);
    let p = 0;
    do {
      const kc = min(k - p, depth);
      if (layout == Layout.NT) packStrands4(at(b, j, k, p), (<usize>k) << 3, columns, kc, packedB);
      else packSlices4(at(b, p, n, j), stride, columns, kc, packedB);
      for (let i = 0; i < m; i += rowBlock) {
        const rows = min(m - i, rowBlock);
        if (layout == Layout.TN) packSlices5(at(a, p, m, i), (<usize>m) << 3, rows, kc, packedA);
        else packStrands5(at(a, i, k, p), (<usize>k) << 3, rows, kc, packedA);
        multiplyPanels(packedA, packedB, at(c, i, n, j), stride, rows, columns, kc, scratch, p > 0);
      }
      p += kc;
    } while (p < k);
  }
}

/** Address of element (row, column) of a row-major f64 matrix. */
function at(matrix: usize, row: i32, columns: i32, column: i32): usize {
  return matrix + ((<usize>row * <usize>columns + <usize>column) << 3);
}

/** All tiles of one block of C; a panel of B stays in the first-level cache while the panels of A pass by. */
function multiplyPanels(
  packedA: usize,
  packedB: usize,
  c: usize,
  stride: usize,
  rows: i32,
  columns: i32,
  depth: i32,
  tile: usize,
  accumulate: bool,
): void {
  const panelBytesA = <usize>depth * (tileRows << 3);
  const panelBytesB = <usize>depth * (tileColumns << 3);
  for (let j = 0; j < columns; j += tileColumns, packedB += panelBytesB, c += tileColumns << 3) {
    const width = min(columns - j, tileColumns);
    let panelA = packedA;
    let target = c;
    for (let i = 0; i < rows; i += tileRows, panelA += panelBytesA, target += stride * tileRows) {
      const height = min(rows - i, tileRows);
      if (width == tileColumns && height == tileRows) {
        micro(panelA, packedB, target, stride, depth, accumulate);
      } else {
        if (accumulate) copyTile(target, stride, 8, tile, tileColumns << 3, 8, height, width);
        micro(panelA, packedB, tile, tileColumns << 3, depth, accumulate);
        copyTile(tile, tileColumns << 3, 8, target, stride, 8, height, width);
      }
    }
  }
}
