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

/** a = 1/4, of Shampoo as published, or a = 1/2. */
export type InverseExponent = "quarter" | "half";

const powers: Readonly<Record<InverseExponent, (eigenvalue: number) => number>> = {
  quarter: (eigenvalue) => 1 / Math.sqrt(Math.sqrt(eigenvalue)),
  half: (eigenvalue) => 1 / Math.sqrt(eigenvalue),
};

/** Pieces of scratch for `inverseRoot` of matrices up to side x side. */
export function inverseRootScratch(side: number): Scratch<Record<"ut" | "vt" | "sigma" | "factors", number> & { work: Sized }> {
  const work = largestOf([bytes(svdScratchBytes(side, side)), bytes(denseScratchBytes(side, side, side))]);
  return new Scratch({ ut: side * side, vt: side * side, sigma: side, factors: side, work });
}

/** out ← (m + shift I)^-a for a symmetric positive semidefinite m[side][side]. `out` must not be `m`. */
export type InverseRoot = (m: Pointer, out: Pointer, side: number, shift: number) => void;

/**
 * Inverse roots by the singular value decomposition, which is the spectral one for a symmetric positive semidefinite matrix.
 *
 *   (V Λ Vᵀ)^-a = V Λ^-a Vᵀ,  a = 1/4 or 1/2
 *
 * Pseudo-inverse: null directions, λᵢ <= side · ε λ₁, give 0; the inverse of 0 is 0.
 */
export function inverseRoot(kernels: Kernels, largestSide: number, exponent: InverseExponent, region: Region): InverseRoot {
  const { ut, vt, sigma, factors, work } = inverseRootScratch(largestSide).cut(kernels, region);
  const power = powers[exponent];
  return (m, out, side, shift) => {
    kernels.scale(m, out, side * side, 1);
    const view = new Float64Array(kernels.buffer, out, side * side);
    for (let i = 0; i < side; i++) view[i * (side + 1)]! += shift;
    const rank = kernels.thinSvd(out, ut.ptr, sigma.ptr, vt.ptr, side, side, work.ptr);
    for (let i = 0; i < rank; i++) factors.view[i] = power(sigma.view[i]!);
    kernels.scaleRows(vt.ptr, factors.ptr, ut.ptr, rank, side); // V on both sides: u differs from v by rounding, most among small eigenvalues
    kernels.denseWeightGradient(vt.ptr, ut.ptr, out, rank, side, side, work.ptr);
  };
}
