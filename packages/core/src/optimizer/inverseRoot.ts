import { denseScratchBytes, type Kernels, type Pointer, svdScratchBytes } from "@steepest/kernels";

const roundUp = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** a = 1/4, of Shampoo as published, or a = 1/2. */
export type InverseExponent = "quarter" | "half";

const powers: Readonly<Record<InverseExponent, (eigenvalue: number) => number>> = {
  quarter: (eigenvalue) => 1 / Math.sqrt(Math.sqrt(eigenvalue)),
  half: (eigenvalue) => 1 / Math.sqrt(eigenvalue),
};

/** Bytes that `inverseRoot` needs for matrices up to side x side. */
export function inverseRootScratchBytes(side: number): number {
  return 2 * roundUp(8 * side * side) + 2 * roundUp(8 * side) + Math.max(svdScratchBytes(side, side), denseScratchBytes(side, side, side));
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
export function inverseRoot(kernels: Kernels, largestSide: number, exponent: InverseExponent, scratch: Pointer): InverseRoot {
  const square = roundUp(8 * largestSide * largestSide);
  const ut = scratch;
  const vt = ut + square;
  const sigma = vt + square;
  const factors = sigma + roundUp(8 * largestSide);
  const work = factors + roundUp(8 * largestSide);
  const eigenvalues = new Float64Array(kernels.buffer, sigma, largestSide);
  const factorView = new Float64Array(kernels.buffer, factors, largestSide);
  const power = powers[exponent];
  return (m, out, side, shift) => {
    kernels.scale(m, out, side * side, 1);
    const view = new Float64Array(kernels.buffer, out, side * side);
    for (let i = 0; i < side; i++) view[i * (side + 1)]! += shift;
    const rank = kernels.thinSvd(out, ut, sigma, vt, side, side, work);
    for (let i = 0; i < rank; i++) factorView[i] = power(eigenvalues[i]!);
    kernels.scaleRows(vt, factors, ut, rank, side); // V on both sides: u differs from v by rounding, most among small eigenvalues
    kernels.denseWeightGradient(vt, ut, out, rank, side, side, work);
  };
}
