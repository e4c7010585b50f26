import {
  bytes,
  denseScratchBytes,
  type Kernels,
  largestOf,
  type Pointer,
  type Region,
  Scratch,
  type Sized,
  type Span,
  svdScratchBytes,
} from "@steepest/kernels";
import { normalizingExponent, timesPowerOfTwo } from "../number/binaryScale.js";
import { upward } from "../number/upward.js";
import type { MatrixBlock, NormShape } from "./norm.js";

const side = ({ rows, columns }: MatrixBlock): number => Math.min(rows, columns);

/** Pieces of scratch for `singularValueCalculus`, large enough for every block. */
export function singularScratch({ blocks }: NormShape): Scratch<Record<"ut" | "sigma" | "factors" | "vt", number> & { work: Sized }> {
  const largest = (length: (block: MatrixBlock) => number): number => Math.max(0, ...blocks.map(length));
  return new Scratch({
    ut: largest((block) => side(block) * block.rows),
    sigma: largest(side),
    factors: largest(side),
    vt: largest((block) => side(block) * block.columns),
    work: largestOf(
      blocks.flatMap(({ rows, columns }) => [
        bytes(svdScratchBytes(rows, columns)),
        bytes(denseScratchBytes(Math.min(rows, columns), columns, rows)),
      ]),
    ),
  });
}

/** Singular value decompositions of one matrix at a time, in one piece of scratch. */
export interface SingularValueCalculus {
  /** The singular values of the matrix at `m`, decreasing; a view that the next call overwrites. */
  values(m: Pointer, block: MatrixBlock): Float64Array;
  /** Decomposes the matrix at `m`; returns its singular values as above and its numerical rank: σᵢ > max(rows, columns) ε σ₁. */
  decompose(m: Pointer, block: MatrixBlock): { readonly sigma: Float64Array; readonly rank: number };
  /**
   * Upper bounds, by theorem, of the spectral and the nuclear norm of the matrix G at `m`, from its computed decomposition S = Σ σᵢ uᵢ vᵢᵀ, whose vectors
   * need not be orthonormal, and the remainder E = G - S, in the Frobenius norm and with the rounding of its own evaluation:
   *
   *   ||G||₂ <= σ₁ ||U||₂ ||V||₂ + ||E||_F,  ||U||₂² <= 1 + ||UᵀU - I||_F      Σ σᵢ(G) <= Σ σᵢ ||uᵢ|| ||vᵢ|| + √k ||E||_F,  k = min(rows, columns)
   */
  upperBounds(m: Span, block: MatrixBlock): { readonly spectral: number; readonly nuclear: number };
  /** The vectors of the last `decompose`, row by row, as copies. */
  vectors(block: MatrixBlock): { readonly ut: Float64Array; readonly vt: Float64Array };
  /** m ← Σᵢ sᵢ uᵢ vᵢᵀ over the first values, with the vectors of the last `decompose`, which are used up. */
  assemble(m: Pointer, block: MatrixBlock, values: ArrayLike<number>): void;
}

export function singularValueCalculus(kernels: Kernels, shape: NormShape, region: Region): SingularValueCalculus {
  const { ut, sigma, factors, vt, work } = singularScratch(shape).cut(kernels, region);
  return {
    values: (m, block) => {
      kernels.singularValues(m, sigma.ptr, block.rows, block.columns, work.ptr);
      return sigma.view.subarray(0, side(block));
    },
    decompose: (m, block) => {
      const rank = kernels.thinSvd(m, ut.ptr, sigma.ptr, vt.ptr, block.rows, block.columns, work.ptr);
      return { sigma: sigma.view.subarray(0, side(block)), rank };
    },
    upperBounds: (m, block) => {
      kernels.thinSvd(m.ptr, ut.ptr, sigma.ptr, vt.ptr, block.rows, block.columns, work.ptr);
      return boundsOf(m.view, block, { ut: ut.view, sigma: sigma.view, vt: vt.view });
    },
    vectors: (block) => ({
      ut: ut.view.slice(0, side(block) * block.rows),
      vt: vt.view.slice(0, side(block) * block.columns),
    }),
    assemble: (m, { rows, columns }, values) => {
      const count = values.length;
      factors.view.set(values);
      kernels.scaleRows(ut.ptr, factors.ptr, ut.ptr, count, rows);
      kernels.denseWeightGradient(vt.ptr, ut.ptr, m, count, columns, rows, work.ptr);
    },
  };
}

/** A computed decomposition: vectors row by row. */
interface Decomposition {
  readonly ut: Float64Array;
  readonly sigma: Float64Array;
  readonly vt: Float64Array;
}

function boundsOf(g: Float64Array, block: MatrixBlock, { ut, sigma, vt }: Decomposition): { spectral: number; nuclear: number } {
  const { rows, columns } = block;
  const k = side(block);
  const largest = g.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
  if (largest === 0 || k === 0) return { spectral: 0, nuclear: 0 };
  if (!(largest < Infinity)) return { spectral: Number.NaN, nuclear: Number.NaN };
  const unit = timesPowerOfTwo(1, normalizingExponent(largest)); // of G and σ alike: no square leaves the range
  const [lengthsU, lengthsV] = [lengthsOf(ut, k, rows), lengthsOf(vt, k, columns)];
  const remainder = new Float64Array(columns);
  let [squares, sizes] = [0, 0];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) remainder[c] = g[r * columns + c]! * unit;
    for (let c = 0; c < columns; c++) sizes += remainder[c]! * remainder[c]!;
    for (let i = 0; i < k; i++) {
      const factor = sigma[i]! * unit * ut[i * rows + r]!;
      if (factor !== 0) for (let c = 0; c < columns; c++) remainder[c]! -= factor * vt[i * columns + c]!;
    }
    for (let c = 0; c < columns; c++) squares += remainder[c]! * remainder[c]!;
  }
  const terms = sigma.subarray(0, k).map((value, i) => upward(value * unit * lengthsU[i]! * lengthsV[i]!, 8));
  const nuclearOfSum = upward(
    terms.reduce((a, b) => a + b, 0),
    k + 2,
  );
  // an entry of E is a sum of k + 1 terms, so its roundings are within 2 (k + 2) ε of their sizes, whose Frobenius norm is at most ||G||_F + Σ σᵢ ||uᵢ|| ||vᵢ||
  const roundings = upward(2 * (k + 2) * 2 ** -52 * (upward(Math.sqrt(sizes), rows * columns + 4) + nuclearOfSum), 8);
  const distance = upward(upward(Math.sqrt(squares), rows * columns + 4) + roundings + rows * columns * 2 ** -500, 4);
  const stretch = upward(upward(sigma[0]! * unit, 2) * Math.sqrt(stretchOf(ut, k, rows) * stretchOf(vt, k, columns)), 8);
  return {
    spectral: upward(upward(stretch + distance, 4) / unit, 2),
    nuclear: upward(upward(nuclearOfSum + upward(Math.sqrt(k) * distance, 4), 4) / unit, 2),
  };
}

/** Upper bounds of the Euclidean norms of k vectors, one after another. */
function lengthsOf(vectors: Float64Array, k: number, length: number): number[] {
  return Array.from({ length: k }, (_, i) => upward(Math.sqrt(inner(vectors, i, i, length)), length + 4));
}

/** An upper bound of 1 + ||X Xᵀ - I||_F for the matrix X of k vectors, hence of ||X||₂². Vectors that are 0 only lower the norm. */
function stretchOf(vectors: Float64Array, k: number, length: number): number {
  let squares = 0;
  for (let i = 0; i < k; i++) {
    const own = inner(vectors, i, i, length);
    if (own === 0) continue;
    for (let j = 0; j <= i; j++) {
      const off = Math.abs(inner(vectors, i, j, length) - (i === j ? 1 : 0)) + (length + 4) * 2 ** -51; // entries of unit vectors: |x|ᵀ|y| <= 1 but for roundings
      squares += (i === j ? 1 : 2) * off * off;
    }
  }
  return upward(1 + upward(Math.sqrt(squares), k * k + 8), 4);
}

function inner(vectors: Float64Array, i: number, j: number, length: number): number {
  let sum = 0;
  for (let c = 0; c < length; c++) sum += vectors[i * length + c]! * vectors[j * length + c]!;
  return sum;
}
