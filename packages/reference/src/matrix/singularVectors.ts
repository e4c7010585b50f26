import type { Memory } from "../memory.js";
import { extremeKernels } from "../vector/reductions.js";
import { orthogonalCorrection } from "./orthogonalFactor.js";
import type { Layout } from "./svdLayout.js";

/** Vectors along the strands of G: rows of X divided by their lengths, in the order of the strands of G. */
export function writeShort(memory: Memory, at: Layout, out: number, nonzero: number, count: number): void {
  const { f64, i32 } = memory;
  for (let i = 0; i < nonzero; i++) {
    const s = i32[2 * at.ranking + i]!;
    const norm = Math.sqrt(f64[at.norms + s]!);
    for (let j = 0; j < count; j++) f64[out + i * count + i32[2 * at.strandOrder + j]!] = f64[at.x + s * count + j]! / norm;
  }
}

/** Vectors along the entries: Q times the rows of the basis, in the order of the entries of G. */
export function writeLong(memory: Memory, at: Layout, out: number, nonzero: number, length: number): void {
  const { f64, i32 } = memory;
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
}

/** The entry of u of largest magnitude becomes positive; both vectors of a zero singular value become zero. */
export function settleSigns(memory: Memory, ut: number, sigma: number, vt: number, rows: number, columns: number): void {
  const { f64 } = memory;
  const { argmaxAbs } = extremeKernels(memory);
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
}
