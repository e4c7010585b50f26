import { Bits } from "../scalar/bits";
import { jacobi } from "./jacobi";
import { pivotedQr } from "./pivotedQr";
import { sortDescending } from "./sortDescending";
import { Workspace } from "./svdWorkspace";

/**
 * Exponent of the largest entry during the decomposition: so high that entries 2^−1982 times as large still have all their digits. Nothing squares entries
 * of this scale, and the sums that occur stay finite.
 */
const workingExponent: i32 = 960;

/**
 * gatherStrands: strands ← the rows of G, or its columns if there are fewer, times 2^shift, their entries by decreasing largest magnitude over the
 * strands; returns shift. g: f64[rows][columns], `largest` the largest magnitude in it, positive and finite.
 */
export function gatherStrands(g: usize, rows: i32, columns: i32, largest: f64, scratch: usize): i32 {
  const wide = rows <= columns;
  const k = <usize>min(rows, columns);
  const m = <usize>max(rows, columns);
  const strandStride: usize = wide ? (<usize>columns) << 3 : 8;
  const entryStride: usize = wide ? 8 : (<usize>columns) << 3;
  const keys = Workspace.keys(scratch, k, m);
  const order = Workspace.entryOrder(scratch, k, m);
  let strand = Workspace.strands(scratch);

  for (let i: usize = 0; i < m; ++i) {
    let magnitude: f64 = 0;
    for (let j: usize = 0; j < k; ++j) magnitude = max(magnitude, abs(load<f64>(g + j * strandStride + i * entryStride)));
    store<f64>(keys + (i << 3), magnitude);
  }
  sortDescending(keys, order, <i32>m, strand);

  const shift = workingExponent - Bits.exponent(largest);
  const first = Bits.powerOfTwo(shift >> 1);
  const second = Bits.powerOfTwo(shift - (shift >> 1));
  for (let j: usize = 0; j < k; ++j, g += strandStride) {
    for (let i: usize = 0; i < m; ++i, strand += 8) {
      store<f64>(strand, second * (first * load<f64>(g + <usize>load<i32>(order + (i << 2)) * entryStride)));
    }
  }
  return shift;
}

/**
 * orthogonalRows: X ← J R for R of the strands, its rows orthogonal, squared norms and exponents as `jacobi` says, and basis ← J if asked for; the
 * strands ← reflectors with zeros before their 1. Returns the number of rows of X.
 */
export function orthogonalRows(k: i32, m: i32, withBasis: bool, scratch: usize): i32 {
  const strands = Workspace.strands(scratch);
  const x = Workspace.x(scratch, k, m);
  const basis = Workspace.basis(scratch, k, m);
  const diagonal = Workspace.diagonal(scratch, k, m);
  const norms = Workspace.norms(scratch, k, m);
  const order = Workspace.strandOrder(scratch, k, m);
  const count = pivotedQr(strands, k, m, order, diagonal, Workspace.tau(scratch, k, m), norms, Workspace.gemm(scratch, k, m));

  takeTriangle(strands, diagonal, x, k, m, count);
  if (withBasis) {
    memory.fill(basis, 0, <usize>count * <usize>count * 8);
    for (let i: usize = 0; i < <usize>count; ++i) store<f64>(basis + ((i * <usize>(count + 1)) << 3), 1);
  }
  jacobi(x, withBasis ? basis : 0, count, k, norms, Workspace.exponents(scratch, k, m), Workspace.gemm(scratch, k, m));
  return count;
}

/** X[i] ← row i < `count` of R, whose entries before each reflector become zero. */
function takeTriangle(strands: usize, diagonal: usize, x: usize, k: i32, m: i32, count: i32): void {
  const stride = (<usize>m) << 3;
  for (let i: usize = 0; i < <usize>count; ++i) {
    memory.fill(x, 0, i << 3);
    x += i << 3;
    store<f64>(x, load<f64>(diagonal + (i << 3)));
    x += 8;
    for (let j = i + 1; j < <usize>k; ++j, x += 8) store<f64>(x, load<f64>(strands + j * stride + (i << 3)));
  }
  for (let i: usize = 0; i < <usize>count; ++i) memory.fill(strands + i * stride, 0, i << 3);
}
