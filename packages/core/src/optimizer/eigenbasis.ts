import {
  bytes,
  denseScratchBytes,
  entryOf,
  type Kernels,
  largestOf,
  type Pointer,
  type Region,
  Scratch,
  type Sized,
  svdScratchBytes,
} from "@steepest/kernels";

/** Pieces of scratch for `eigenbasis` of matrices up to side x side. */
export function eigenbasisScratch(
  side: number,
): Scratch<Record<"square" | "vectors" | "before" | "sigma" | "rest" | "row", number> & { work: Sized }> {
  const work = largestOf([bytes(svdScratchBytes(side, side)), bytes(denseScratchBytes(side, side, side))]);
  const square = side * side;
  return new Scratch({ square, vectors: square, before: square, sigma: side, rest: side, row: side, work });
}

/**
 * Moves an orthonormal basis, the rows of `basis`[side][side], on to the eigenvectors of a symmetric positive semidefinite m[side][side].
 *
 * @returns for every place the place before of the direction that is nearest, as far as the order by length tells
 */
export type Eigenbasis = (m: Pointer, basis: Pointer, side: number) => readonly number[];

/**
 * Complete eigenbases by the singular value decomposition, which is the spectral one for a symmetric positive semidefinite matrix.
 *
 * The rows before are put in the order of pᵢᵀ m pᵢ, largest first, as the new ones are in that of their eigenvalues: what belonged to a direction goes on
 * with the one in its place. Null directions, λᵢ <= side · ε λ₁, have no eigenvectors of their own: there the basis is completed by the rows before, each
 * less its part in the span of the others, the one first of which most is left, of equal ones the first. So coordinates that m does not know stay what
 * they are.
 */
export function eigenbasis(kernels: Kernels, largestSide: number, region: Region): Eigenbasis {
  const { square, vectors, before, sigma, rest, row, work } = eigenbasisScratch(largestSide).cut(kernels, region);
  const scratch = work.ptr;

  const complete = (basis: Pointer, rank: number, side: number): void => {
    const left = rest.view.subarray(0, side);
    kernels.denseForward(before.ptr, basis, square.ptr, side, side, rank, scratch);
    for (let k = 0; k < side; k++) {
      const known = entryOf(square, k * rank);
      left[k] = 1 - kernels.dot(known, known, rank);
    }
    for (let i = rank; i < side; i++) {
      const chosen = left.indexOf(left.reduce((most, value) => Math.max(most, value)));
      const added = basis + 8 * i * side;
      kernels.scale(entryOf(before, chosen * side), added, side, 1);
      for (let round = 0; i > 0 && round < 2; round++) {
        kernels.denseForward(added, basis, row.ptr, 1, side, i, scratch);
        kernels.denseInputGradient(row.ptr, basis, square.ptr, 1, side, i, scratch);
        kernels.axpy(square.ptr, added, side, -1);
      }
      kernels.scale(added, added, side, 1 / Math.sqrt(kernels.dot(added, added, side)));
      kernels.denseForward(added, before.ptr, row.ptr, 1, side, side, scratch);
      for (let k = 0; k < side; k++) left[k]! -= row.view[k]! * row.view[k]!;
      left[chosen] = Number.NEGATIVE_INFINITY;
    }
  };

  return (m, basis, side) => {
    kernels.denseForward(basis, m, square.ptr, side, side, side, scratch);
    const lengths = Array.from({ length: side }, (_, i) => kernels.dot(entryOf(square, i * side), basis + 8 * i * side, side));
    const order = [...lengths.keys()].sort((i, j) => lengths[j]! - lengths[i]! || i - j);
    for (const [i, from] of order.entries()) kernels.scale(basis + 8 * from * side, entryOf(before, i * side), side, 1);
    kernels.scale(m, square.ptr, side * side, 1);
    const rank = kernels.thinSvd(square.ptr, vectors.ptr, sigma.ptr, basis, side, side, scratch);
    complete(basis, rank, side);
    return order;
  };
}
