import type { MatrixKernels } from "@steepest/kernels";
import type { Memory } from "../memory.js";
import { exponent, powerOfTwo, scaleBinary } from "../scalar/bits.js";
import { extremeKernels } from "../vector/reductions.js";
import { maxAbsAt } from "./householder.js";
import { jacobi } from "./jacobi.js";
import { orthogonalCorrection } from "./orthogonalFactor.js";
import { pivotedQr } from "./pivotedQr.js";
import { sortDescending } from "./sortDescending.js";

/** Exponent of the largest entry during the decomposition: high, so that entries 2⁻²⁰³⁴ times as large survive; no square of these is formed. */
const workingExponent = 960;

/** Element (strand j, entry i) of G lies at g + j * strandStride + i * entryStride. */
interface Source {
  readonly g: number;
  readonly strandStride: number;
  readonly entryStride: number;
  readonly count: number;
  readonly length: number;
}

function sourceOf(g: number, rows: number, columns: number): Source {
  if (rows <= columns) return { g, strandStride: columns, entryStride: 1, count: rows, length: columns };
  return { g, strandStride: 1, entryStride: columns, count: columns, length: rows };
}

/** The scratch space, in the order of `assembly/matrix/svd.ts`; positions in elements of f64 or, for the four orders, of i32 at twice the position. */
function layout(scratch: number, count: number, length: number) {
  const square = count * count;
  const strands = scratch;
  const x = strands + count * length;
  const diagonal = x + square;
  const tau = diagonal + count;
  const norms = tau + count;
  const keys = norms + 2 * count;
  const entryOrder = keys + length;
  const strandOrder = entryOrder + length;
  const exponents = strandOrder + count;
  const ranking = exponents + count;
  const basis = ranking + count;
  const work = basis + square;
  const gemmScratch = work + 3 * square;
  return { strands, x, diagonal, tau, norms, keys, entryOrder, strandOrder, exponents, ranking, basis, work, gemmScratch };
}

type Layout = ReturnType<typeof layout>;

/** The twin of `assembly/matrix/svd.ts`, bit for bit. */
export function matrixKernels(memory: Memory): MatrixKernels {
  const { f64, i32 } = memory;
  const { argmaxAbs } = extremeKernels(memory);

  /** Strand j ← strand j of G times 2^shift, its entries by decreasing largest magnitude over the strands. */
  const gather = ({ g, strandStride, entryStride, count, length }: Source, { strands, keys, entryOrder }: Layout, shift: number): void => {
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
  };

  /** Row i of X ← row i of R, whose strand k leaves room for v_k alone. */
  const takeTriangle = ({ strands, x, diagonal }: Layout, count: number, length: number, rank: number): void => {
    for (let i = 0; i < rank; i++) {
      f64.fill(0, x + i * count, x + i * count + i);
      f64[x + i * count + i] = f64[diagonal + i]!;
      for (let j = i + 1; j < count; j++) f64[x + i * count + j] = f64[strands + j * length + i]!;
    }
    for (let k = 0; k < rank; k++) f64.fill(0, strands + k * length, strands + k * length + k);
  };

  /** R of the pivoted QR factorisation of G, its rows made orthogonal; keys ← their lengths. Returns how many rows are not zero. */
  const reduce = (source: Source, at: Layout, shift: number, withBasis: boolean): number => {
    const { count, length } = source;
    gather(source, at, shift);
    const rank = pivotedQr(memory, { ...at, order: 2 * at.strandOrder, count, length });
    takeTriangle(at, count, length, rank);
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
  };

  /** σ by decreasing size, 0 beyond the rank; `ranking` ← the row of X of each. Returns the number that exceed max(rows, columns) ε σ₁. */
  const rank = (at: Layout, sigma: number, nonzero: number, { count, length }: Source): number => {
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
  };

  /** Vectors along the strands of G: rows of X divided by their lengths, in the order of the strands of G. */
  const writeShort = (at: Layout, out: number, nonzero: number, count: number): void => {
    for (let i = 0; i < nonzero; i++) {
      const s = i32[2 * at.ranking + i]!;
      const norm = Math.sqrt(f64[at.norms + s]!);
      for (let j = 0; j < count; j++) f64[out + i * count + i32[2 * at.strandOrder + j]!] = f64[at.x + s * count + j]! / norm;
    }
  };

  /** Vectors along the entries: Q times the rows of the basis, in the order of the entries of G. */
  const writeLong = (at: Layout, out: number, nonzero: number, length: number): void => {
    const { basis, x, ranking, keys, entryOrder } = at;
    for (let i = 0; i < nonzero; i++) {
      const s = basis + i32[2 * ranking + i]! * nonzero;
      f64.copyWithin(x + i * nonzero, s, s + nonzero);
    }
    orthogonalCorrection(f64, { ...at, v: at.strands, count: nonzero, length }, x, out);
    for (let i = 0; i < nonzero; i++) {
      const row = out + i * length;
      for (let l = 0; l < length; l++) f64[keys + l] = (l < nonzero ? f64[x + i * nonzero + l]! : 0) - f64[row + l]!;
      for (let l = 0; l < length; l++) f64[row + i32[2 * entryOrder + l]!] = f64[keys + l]!;
    }
  };

  /** The entry of u of largest magnitude becomes positive; both vectors of a zero singular value become zero. */
  const settleSigns = (ut: number, sigma: number, vt: number, rows: number, columns: number): void => {
    for (let i = 0; i < Math.min(rows, columns); i++) {
      const [u, v] = [ut + i * rows, vt + i * columns];
      if (f64[sigma + i] === 0) {
        f64.fill(0, u, u + rows);
        f64.fill(0, v, v + columns);
        continue;
      }
      if (f64[u + argmaxAbs(8 * u, rows)]! > 0) continue;
      for (let j = u; j < u + rows; j++) f64[j] = -f64[j]!;
      for (let j = v; j < v + columns; j++) f64[j] = -f64[j]!;
    }
  };

  return {
    thinSvd(g, ut, sigma, vt, rows, columns, scratch) {
      const source = sourceOf(g >>> 3, rows, columns);
      const { count, length } = source;
      const at = layout(scratch >>> 3, count, length);
      const [u, s, v] = [ut >>> 3, sigma >>> 3, vt >>> 3];
      const largest = maxAbsAt(f64, source.g, rows * columns);
      if (!(largest < Number.POSITIVE_INFINITY)) {
        for (const [out, size] of [
          [u, count * rows],
          [s, count],
          [v, count * columns],
        ] as const)
          f64.fill(Number.NaN, out, out + size);
        return count;
      }
      const nonzero = largest === 0 ? 0 : reduce(source, at, workingExponent - exponent(largest), true);
      const significant = rank(at, s, nonzero, source);
      writeShort(at, rows <= columns ? u : v, nonzero, count);
      writeLong(at, rows <= columns ? v : u, nonzero, length);
      settleSigns(u, s, v, rows, columns);
      return significant;
    },
    singularValues(g, sigma, rows, columns, scratch) {
      const source = sourceOf(g >>> 3, rows, columns);
      const at = layout(scratch >>> 3, source.count, source.length);
      const largest = maxAbsAt(f64, source.g, rows * columns);
      if (!(largest < Number.POSITIVE_INFINITY)) {
        f64.fill(Number.NaN, sigma >>> 3, (sigma >>> 3) + source.count);
        return source.count;
      }
      const nonzero = largest === 0 ? 0 : reduce(source, at, workingExponent - exponent(largest), false);
      return rank(at, sigma >>> 3, nonzero, source);
    },
  };
}
