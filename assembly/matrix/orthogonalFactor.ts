import { dot } from "../vector/dot";
import { dotQuad } from "./dotQuad";
import { gemm, Layout } from "./gemm";

/**
 * orthogonalCorrection: out[i] ← V T (V₀ᵀ w_i), so that Q [w_i; 0] = [w_i; 0] − out[i] for the product Q = H₀ H₁ ... of `count` reflectors.
 *
 * v: f64[count][length], row k the vector of reflector k: zeros, then 1 at entry k; V₀ is its first `count` columns. tau: f64[count];
 * w: f64[count][count]; out: f64[count][length]; work: f64[3][count][count], scratch; gemmScratch as `denseScratchBytes(count, length, count)` says.
 * T⁻¹ is upper triangular with 1 / τ on the diagonal and the dot products of the vectors above it, so T is never formed.
 * Source: Joffrain et al., ACM TOMS 32 (2006).
 */
export function orthogonalCorrection(
  v: usize,
  tau: usize,
  w: usize,
  out: usize,
  count: i32,
  length: i32,
  work: usize,
  gemmScratch: usize,
): void {
  const rowBytes = (<usize>count) << 3;
  const squareBytes = <usize>count * rowBytes;
  const head = work + squareBytes;
  const y = head + squareBytes;
  gramAbove(v, count, length, work, gemmScratch);
  for (let k: usize = 0; k < <usize>count; ++k) memory.copy(head + k * rowBytes, v + ((k * <usize>length) << 3), rowBytes);
  gemm(Layout.NT, w, head, y, count, count, count, gemmScratch);
  for (let i: usize = 0; i < <usize>count; ++i) solveUpper(work, tau, y + i * rowBytes, count);
  gemm(Layout.NN, y, v, out, count, length, count, gemmScratch);
}

/** gram[k][l] ← dot of the vectors k and l from entry l on, for k < l. */
function gramAbove(v: usize, count: i32, length: i32, gram: usize, products: usize): void {
  const stride = (<usize>length) << 3;
  const rowBytes = (<usize>count) << 3;
  for (let l = 1; l < count; ++l) {
    const offset = (<usize>l) << 3;
    const n = length - l;
    const last = v + <usize>l * stride + offset;
    let row = v + offset;
    let out = gram + offset;
    for (; row + stride * 4 <= last; row += stride * 4) {
      dotQuad(last, row, stride, n, products);
      for (let j: usize = 0; j < 32; j += 8, out += rowBytes) store<f64>(out, load<f64>(products + j));
    }
    for (; row < last; row += stride, out += rowBytes) store<f64>(out, dot(last, row, n));
  }
}

/** y ← T y: y_k ← τ_k (y_k − dot of row k of gram and y beyond k), last k first. */
function solveUpper(gram: usize, tau: usize, y: usize, count: i32): void {
  for (let k = count - 1; k >= 0; --k) {
    const at = (<usize>k) << 3;
    const later = dot(gram + <usize>k * ((<usize>count) << 3) + at + 8, y + at + 8, count - k - 1);
    store<f64>(y + at, load<f64>(tau + at) * (load<f64>(y + at) - later));
  }
}
