import { blocking } from "@steepest/kernels";
import { multiplyQuad, multiplyRow } from "./micro.js";
import { type Operand, packPanels } from "./pack.js";

/** One product; positions and strides in elements of one Float64Array. */
export interface Product {
  /** Operand a: vector i gives row i of the product. */
  readonly a: Operand;
  /** Operand b: vector j gives column j of the product. */
  readonly b: Operand;
  readonly c: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly scratch: number;
}

/** Part of a product: `rows` rows and `columns` columns from row i and column j on, steps p to p + depth. */
interface Block {
  readonly i: number;
  readonly j: number;
  readonly p: number;
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

const width = 4;
const edgeTile = blocking.rows * blocking.columns;

/**
 * c[m][n] ← Σₖ aₖ bₖ, in k order from +0: the twin of `assembly/matrix/gemm.ts`.
 *
 * Panels of four rows and four columns, 4 x 4 scalar accumulators; the last m mod 4 rows are multiplied one by one, unpacked. A later block of k starts
 * its sums from c, so neither blocking nor tile changes a bit.
 */
export function gemm(data: Float64Array, product: Product): void {
  const { a, b, m, n, k } = product;
  const packedA = product.scratch + edgeTile;
  const packedRows = m - (m % width);
  for (let j = 0; j < n; j += blocking.columnBlock) {
    const columns = Math.min(n - j, blocking.columnBlock);
    let p = 0;
    do {
      const depth = Math.min(k - p, blocking.depth);
      const packedB = packedA + Math.min(packedRows, blocking.rowBlock) * depth;
      packPanels(data, operandFrom(b, j, p), columns, depth, width, packedB);
      for (let i = 0; i < packedRows; i += blocking.rowBlock) {
        const rows = Math.min(packedRows - i, blocking.rowBlock);
        packPanels(data, operandFrom(a, i, p), rows, depth, width, packedA);
        multiplyPanels(data, product, { i, j, p, rows, columns, depth }, packedA, packedB);
      }
      multiplyRows(data, product, { i: packedRows, j, p, rows: m - packedRows, columns, depth }, packedB);
      p += depth;
    } while (p < k);
  }
}

function operandFrom({ offset, vectorStride, stepStride }: Operand, vector: number, step: number): Operand {
  return { offset: offset + vector * vectorStride + step * stepStride, vectorStride, stepStride };
}

/** A panel of B stays in the first-level cache while the panels of A pass by. */
function multiplyPanels(data: Float64Array, { c, n, scratch: tile }: Product, block: Block, packedA: number, packedB: number): void {
  const { rows, columns, depth } = block;
  const accumulate = block.p > 0;
  for (let q = 0; q < columns; q += width) {
    const panelB = packedB + q * depth;
    const valid = columns - q;
    for (let r = 0; r < rows; r += width) {
      const panelA = packedA + r * depth;
      const target = c + (block.i + r) * n + block.j + q;
      if (valid >= width) {
        multiplyQuad(data, panelA, panelB, target, n, depth, accumulate);
      } else {
        if (accumulate) for (let s = 0; s < width; s += 1) data.copyWithin(tile + s * width, target + s * n, target + s * n + valid);
        multiplyQuad(data, panelA, panelB, tile, width, depth, accumulate);
        for (let s = 0; s < width; s += 1) data.copyWithin(target + s * n, tile + s * width, tile + s * width + valid);
      }
    }
  }
}

function multiplyRows(data: Float64Array, { a, c, n, scratch: tile }: Product, block: Block, packedB: number): void {
  const { rows, columns, depth } = block;
  const accumulate = block.p > 0;
  for (let r = 0; r < rows; r += 1) {
    const { offset, stepStride } = operandFrom(a, block.i + r, block.p);
    for (let q = 0; q < columns; q += width) {
      const panelB = packedB + q * depth;
      const target = c + (block.i + r) * n + block.j + q;
      const valid = columns - q;
      if (valid >= width) {
        multiplyRow(data, offset, stepStride, panelB, target, depth, accumulate);
      } else {
        if (accumulate) data.copyWithin(tile, target, target + valid);
        multiplyRow(data, offset, stepStride, panelB, tile, depth, accumulate);
        data.copyWithin(target, tile, tile + valid);
      }
    }
  }
}
