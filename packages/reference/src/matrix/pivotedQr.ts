import type { Memory } from "../memory.js";
import { applyReflector, euclidean, makeReflector } from "./householder.js";

/** Positions of the pieces of memory of `pivotedQr`, in elements of f64, `order` of i32. */
export interface Factorization {
  /** [count][length] */
  readonly strands: number;
  readonly count: number;
  readonly length: number;
  readonly order: number;
  readonly diagonal: number;
  readonly tau: number;
  /** f64[2 count], scratch */
  readonly norms: number;
}

/** √ε: below this share of its last exact value a downdated norm has lost half its digits. */
const downdateLimit = 2 ** -26;

/** The twin of `assembly/matrix/pivotedQr.ts`. */
export function pivotedQr({ f64, i32 }: Memory, { strands, count, length, order, diagonal, tau, norms }: Factorization): number {
  const exact = norms + count;
  for (let j = 0; j < count; j++) {
    i32[order + j] = j;
    f64[norms + j] = euclidean(f64, strands + j * length, length);
    f64[exact + j] = f64[norms + j]!;
  }
  for (let k = 0; k < count; k++) {
    let pivot = k;
    for (let j = k + 1; j < count; j++) if (f64[norms + j]! > f64[norms + pivot]!) pivot = j;
    if (pivot !== k) {
      swapStrands(f64, strands + k * length, strands + pivot * length, length);
      [i32[order + k], i32[order + pivot]] = [i32[order + pivot]!, i32[order + k]!];
      f64[norms + pivot] = f64[norms + k]!;
      f64[exact + pivot] = f64[exact + k]!;
    }
    const row = strands + k * length + k;
    const reflection = makeReflector(f64, row, length - k);
    if (reflection.tau === 0) return k;
    f64[diagonal + k] = reflection.beta;
    f64[tau + k] = reflection.tau;
    applyReflector(f64, row, length - k, reflection.tau, row + length, length, count - k - 1);
    for (let j = k + 1; j < count; j++) downdate(f64, norms + j, exact + j, strands + j * length + k, length - k);
  }
  return count;
}

/** The norm of a strand without its first entry, which row k of R has just taken. Source: Drmač and Bujanović, ACM TOMS 35 (2008). */
function downdate(f64: Float64Array, norm: number, exact: number, x: number, n: number): void {
  const current = f64[norm]!;
  if (current === 0) return;
  const share = Math.abs(f64[x]!) / current;
  const rest = Math.max((1 - share) * (1 + share), 0);
  const kept = current / f64[exact]!;
  if (rest * (kept * kept) > downdateLimit) {
    f64[norm] = current * Math.sqrt(rest);
  } else {
    f64[norm] = euclidean(f64, x + 1, n - 1);
    f64[exact] = f64[norm]!;
  }
}

function swapStrands(f64: Float64Array, x: number, y: number, n: number): void {
  for (let i = 0; i < n; i++) [f64[x + i], f64[y + i]] = [f64[y + i]!, f64[x + i]!];
}
