import { denseScratchBytes, type Kernels, type Pointer, svdScratchBytes } from "@steepest/kernels";
import type { MatrixBlock, NormShape } from "./norm.js";

const roundUp = (bytes: number): number => Math.ceil(bytes / 64) * 64;

const side = ({ rows, columns }: MatrixBlock): number => Math.min(rows, columns);

interface Pieces {
  readonly ut: number;
  readonly sigma: number;
  readonly vt: number;
  readonly work: number;
}

/** Sizes of the pieces of scratch, large enough for every block. */
function pieces({ blocks }: NormShape): Pieces {
  const largest = (bytes: (block: MatrixBlock) => number): number => roundUp(Math.max(0, ...blocks.map(bytes)));
  return {
    ut: largest((block) => 8 * side(block) * block.rows),
    sigma: largest((block) => 8 * side(block)),
    vt: largest((block) => 8 * side(block) * block.columns),
    work: largest(({ rows, columns }) =>
      Math.max(svdScratchBytes(rows, columns), denseScratchBytes(Math.min(rows, columns), columns, rows)),
    ),
  };
}

/** Bytes that `singularValueCalculus` needs for a shape. */
export function singularScratchBytes(shape: NormShape): number {
  const { ut, sigma, vt, work } = pieces(shape);
  return ut + 2 * sigma + vt + work;
}

/** Singular value decompositions of one matrix at a time, in one piece of scratch. */
export interface SingularValueCalculus {
  /** The singular values of the matrix at `m`, decreasing; a view that the next call overwrites. */
  values(m: Pointer, block: MatrixBlock): Float64Array;
  /** Decomposes the matrix at `m`; returns its singular values as above and its numerical rank: σᵢ > max(rows, columns) ε σ₁. */
  decompose(m: Pointer, block: MatrixBlock): { readonly sigma: Float64Array; readonly rank: number };
  /** m ← Σᵢ sᵢ uᵢ vᵢᵀ over the first values, with the vectors of the last `decompose`, which are used up. */
  assemble(m: Pointer, block: MatrixBlock, values: ArrayLike<number>): void;
}

export function singularValueCalculus(kernels: Kernels, shape: NormShape, scratch: Pointer): SingularValueCalculus {
  const sizes = pieces(shape);
  const ut = scratch;
  const sigma = ut + sizes.ut;
  const factors = sigma + sizes.sigma;
  const vt = factors + sizes.sigma;
  const work = vt + sizes.vt;
  const sigmaView = new Float64Array(kernels.buffer, sigma, sizes.sigma / 8);
  const factorView = new Float64Array(kernels.buffer, factors, sizes.sigma / 8);
  return {
    values: (m, block) => {
      kernels.singularValues(m, sigma, block.rows, block.columns, work);
      return sigmaView.subarray(0, side(block));
    },
    decompose: (m, block) => {
      const rank = kernels.thinSvd(m, ut, sigma, vt, block.rows, block.columns, work);
      return { sigma: sigmaView.subarray(0, side(block)), rank };
    },
    assemble: (m, { rows, columns }, values) => {
      const count = values.length;
      factorView.set(values);
      kernels.scaleRows(ut, factors, ut, count, rows);
      kernels.denseWeightGradient(vt, ut, m, count, columns, rows, work);
    },
  };
}
