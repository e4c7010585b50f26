import { gemm } from "./gemm.js";
import { dotAt } from "./householder.js";

/** Positions of the pieces of memory of `applyOrthogonalFactor`, in elements of f64. */
export interface Reflectors {
  /** [count][length]: row k is v_k, zero before its 1 at k. */
  readonly v: number;
  readonly count: number;
  readonly length: number;
  readonly tau: number;
  /** f64[3][count][count], scratch */
  readonly work: number;
  readonly gemmScratch: number;
}

/** The twin of `assembly/matrix/orthogonalFactor.ts`: out[i] ← the part of Q [w_i; 0] that is to be subtracted from [w_i; 0]. */
export function orthogonalCorrection(
  f64: Float64Array,
  { v, count, length, tau, work, gemmScratch }: Reflectors,
  w: number,
  out: number,
): void {
  const square = count * count;
  const [gram, head, y] = [work, work + square, work + 2 * square];
  for (let l = 1; l < count; l++) {
    for (let k = 0; k < l; k++) f64[gram + k * count + l] = dotAt(f64, v + k * length + l, v + l * length + l, length - l);
  }
  for (let k = 0; k < count; k++) f64.copyWithin(head + k * count, v + k * length, v + k * length + count);
  gemm(f64, {
    a: { offset: w, vectorStride: count, stepStride: 1 },
    b: { offset: head, vectorStride: count, stepStride: 1 },
    c: y,
    m: count,
    n: count,
    k: count,
    scratch: gemmScratch,
  });
  for (let i = 0; i < count; i++) {
    const row = y + i * count;
    for (let k = count - 1; k >= 0; k--) {
      const later = dotAt(f64, gram + k * count + k + 1, row + k + 1, count - k - 1);
      f64[row + k] = f64[tau + k]! * (f64[row + k]! - later);
    }
  }
  gemm(f64, {
    a: { offset: y, vectorStride: count, stepStride: 1 },
    b: { offset: v, vectorStride: 1, stepStride: length },
    c: out,
    m: count,
    n: length,
    k: count,
    scratch: gemmScratch,
  });
}
