import type { Memory } from "../memory.js";
import { powerOfTwo, scaleBinary } from "../scalar/bits.js";
import { jacobi } from "./jacobi.js";
import { pivotedQr } from "./pivotedQr.js";
import { sortDescending } from "./sortDescending.js";
import type { Layout, Source } from "./svdLayout.js";

/** Strand j ← strand j of G times 2^shift, its entries by decreasing largest magnitude over the strands. */
function gather(
  memory: Memory,
  { g, strandStride, entryStride, count, length }: Source,
  { strands, keys, entryOrder }: Layout,
  shift: number,
): void {
  const { f64, i32 } = memory;
  const half = shift >> 1;
  const [first, second] = [powerOfTwo(half), powerOfTwo(shift - half)];
  for (let i = 0; i < length; i++) {
    let largest = 0;
    for (let j = 0; j < count; j++) largest = Math.max(largest, Math.abs(f64[g + j * strandStride + i * entryStride]!));
    f64[keys + i] = largest;
  }
  sortDescending(memory, keys, 2 * entryOrder, length);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < length; i++) {
      f64[strands + j * length + i] = second * (first * f64[g + j * strandStride + i32[2 * entryOrder + i]! * entryStride]!);
    }
  }
}

/** Row i of X ← row i of R, whose strand k leaves room for v_k alone. */
function takeTriangle(memory: Memory, { strands, x, diagonal }: Layout, count: number, length: number, rank: number): void {
  const { f64 } = memory;
  for (let i = 0; i < rank; i++) {
    f64.fill(0, x + i * count, x + i * count + i);
    f64[x + i * count + i] = f64[diagonal + i]!;
    for (let j = i + 1; j < count; j++) f64[x + i * count + j] = f64[strands + j * length + i]!;
  }
  for (let k = 0; k < rank; k++) f64.fill(0, strands + k * length, strands + k * length + k);
}

/** R of the pivoted QR factorisation of G, its rows made orthogonal; keys ← their lengths. Returns how many rows are not zero. */
export function reduce(memory: Memory, source: Source, at: Layout, shift: number, withBasis: boolean): number {
  const { f64, i32 } = memory;
  const { count, length } = source;
  gather(memory, source, at, shift);
  const rank = pivotedQr(memory, { ...at, order: 2 * at.strandOrder, count, length });
  takeTriangle(memory, at, count, length, rank);
  if (withBasis) {
    f64.fill(0, at.basis, at.basis + rank * rank);
    for (let i = 0; i < rank; i++) f64[at.basis + i * (rank + 1)] = 1;
  }
  const basis = withBasis ? at.basis : -1;
  jacobi(memory, { x: at.x, basis, count: rank, length: count, squares: at.norms, exponents: 2 * at.exponents });
  for (let i = 0; i < rank; i++) {
    f64[at.keys + i] = scaleBinary(Math.sqrt(f64[at.norms + i]!), i32[2 * at.exponents + i]! - shift);
  }
  return rank;
}

/** σ by decreasing size, 0 beyond the rank; `ranking` ← the row of X of each. Returns the number that exceed max(rows, columns) ε σ₁. */
export function rankOf(memory: Memory, at: Layout, sigma: number, nonzero: number, { count, length }: Source): number {
  const { f64, i32 } = memory;
  const ranking = 2 * at.ranking;
  sortDescending(memory, at.keys, ranking, nonzero);
  f64.fill(0, sigma + nonzero, sigma + count);
  const first = i32[ranking]!;
  const threshold = length * 2 ** -52 * Math.sqrt(f64[at.norms + first]!);
  let significant = 0;
  for (let i = 0; i < nonzero; i++) {
    const s = i32[ranking + i]!;
    f64[sigma + i] = f64[at.keys + s]!;
    const relative = scaleBinary(Math.sqrt(f64[at.norms + s]!), i32[2 * at.exponents + s]! - i32[2 * at.exponents + first]!);
    if (relative > threshold) significant++;
  }
  return significant;
}
