import {
  bytes,
  denseScratchBytes,
  type Kernels,
  largestOf,
  type Pointer,
  type Region,
  Scratch,
  type Sized,
  svdScratchBytes,
} from "@steepest/kernels";
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
    assemble: (m, { rows, columns }, values) => {
      const count = values.length;
      factors.view.set(values);
      kernels.scaleRows(ut.ptr, factors.ptr, ut.ptr, count, rows);
      kernels.denseWeightGradient(vt.ptr, ut.ptr, m, count, columns, rows, work.ptr);
    },
  };
}
