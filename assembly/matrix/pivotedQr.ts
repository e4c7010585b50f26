import { euclidean } from "../vector/euclidean";
import { applyReflector, makeReflector } from "./householder";

/** √ε: where a downdated squared norm is below this share of its last exact value, half its digits are lost. */
const downdateLimit: f64 = 1.4901161193847656e-8; // 2^-26

/**
 * pivotedQr: A P = Q R for the matrix A whose columns are the strands, Q = H₀ H₁ ... of Householder reflectors; returns the number of reflectors, which
 * is below `count` only where the rest of A is exactly zero.
 *
 * strands: f64[count][length], length ≥ count, overwritten: strand k is column order[k] of A; before entry k it holds R[0..k][k], from entry k on the
 * vector of the reflector, whose first entry is 1. order: i32[count]; diagonal: f64[count] ← R[k][k]; tau: f64[count]; norms: f64[2][count], scratch;
 * products: f64[4], scratch. Pivot: the largest remaining norm, the first of equal ones.
 * Rows in decreasing order of their largest magnitude make the factorisation backward stable row by row, whatever their scales
 * (Cox and Higham, BIT 38, 1998). Downdated norms: Drmač and Bujanović, ACM TOMS 35 (2008).
 */
export function pivotedQr(
  strands: usize,
  count: i32,
  length: i32,
  order: usize,
  diagonal: usize,
  tau: usize,
  norms: usize,
  products: usize,
): i32 {
  const stride = (<usize>length) << 3;
  const exact = norms + ((<usize>count) << 3);
  for (let j = 0; j < count; ++j) {
    const norm = euclidean(strands + <usize>j * stride, length);
    store<i32>(order + ((<usize>j) << 2), j);
    store<f64>(norms + ((<usize>j) << 3), norm);
    store<f64>(exact + ((<usize>j) << 3), norm);
  }

  for (let k = 0; k < count; ++k) {
    const pivot = largestFrom(norms, k, count);
    if (pivot != k) exchange(strands, stride, order, norms, exact, k, pivot);
    const at = (<usize>k) << 3;
    const v = strands + <usize>k * stride + at;
    makeReflector(v, length - k, diagonal + at, tau + at);
    const factor = load<f64>(tau + at);
    if (factor == 0) return k;
    applyReflector(v, length - k, factor, v + stride, stride, count - k - 1, products);
    let next = v + stride;
    for (let j = at + 8; j < (<usize>count) << 3; j += 8, next += stride) downdate(norms + j, exact + j, next, length - k);
  }
  return count;
}

/** First index ≥ k of the largest norm. */
function largestFrom(norms: usize, k: i32, count: i32): i32 {
  let best = k;
  let largest = load<f64>(norms + ((<usize>k) << 3));
  for (let j = k + 1; j < count; ++j) {
    const norm = load<f64>(norms + ((<usize>j) << 3));
    if (norm > largest) {
      largest = norm;
      best = j;
    }
  }
  return best;
}

/** Strand k ↔ strand `pivot`; the norms of k, which is done, are not needed any more. */
function exchange(strands: usize, stride: usize, order: usize, norms: usize, exact: usize, k: i32, pivot: i32): void {
  let x = strands + <usize>k * stride;
  let y = strands + <usize>pivot * stride;
  for (const end = x + stride; x < end; x += 8, y += 8) {
    const value = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, value);
  }
  const from = (<usize>k) << 3;
  const to = (<usize>pivot) << 3;
  store<f64>(norms + to, load<f64>(norms + from));
  store<f64>(exact + to, load<f64>(exact + from));
  const index = load<i32>(order + (from >> 1));
  store<i32>(order + (from >> 1), load<i32>(order + (to >> 1)));
  store<i32>(order + (to >> 1), index);
}

/** The norm of a strand f64[n] without its first entry, which a row of R has just taken. */
function downdate(norm: usize, exact: usize, x: usize, n: i32): void {
  const current = load<f64>(norm);
  if (current == 0) return;
  const share = abs(load<f64>(x)) / current;
  const rest = max((1 - share) * (1 + share), 0);
  const kept = current / load<f64>(exact);
  if (rest * (kept * kept) > downdateLimit) {
    store<f64>(norm, current * sqrt(rest));
  } else {
    const fresh = euclidean(x + 8, n - 1);
    store<f64>(norm, fresh);
    store<f64>(exact, fresh);
  }
}
