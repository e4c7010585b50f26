import { powerOfTwoBelow } from "../arithmetic/powerOfTwoBelow.js";
import type { Atoms } from "../atoms/atoms.js";
import { rowLengths } from "../bound/rowLengths.js";

/** A row ẑ = Z / scale with a power of two that makes its length 1 to 2, and its share, the least scale of all rows over its own. */
export interface ScaledRow {
  readonly index: number;
  readonly row: Float64Array;
  /** ||ẑ||₂, to a relative error of 1e-6 at most. */
  readonly length: number;
  /** c: where ⟨Z, θ⟩ >= γ · (least scale), ⟨ẑ, θ⟩ >= c γ; and multipliers μ of scaled rows have Σ cₖ μₖ = 1. */
  readonly share: number;
}

/** Rows scaled by powers of two, which costs no rounding, as they are taken. */
export interface ScaledRows {
  readonly scales: Float64Array;
  /** The row of least length. */
  readonly shortest: number;
  share(k: number): number;
  take(k: number): ScaledRow;
  /** Gives back the memory of rows that were taken, but for these. */
  forgetAllBut(kept: ReadonlySet<number>): void;
}

/** Rows of atoms scaled to lengths between 1 and 2. Each is made once. */
export function scaledRows(atoms: Atoms): ScaledRows {
  const lengths = rowLengths(atoms);
  const scales = lengths.map(powerOfTwoBelow);
  const smallest = scales.reduce((least, scale) => Math.min(least, scale), Infinity);
  const taken = new Map<number, ScaledRow>();
  const share = (k: number): number => smallest / scales[k]!;
  const take = (k: number): ScaledRow => {
    const known = taken.get(k);
    if (known) return known;
    const scale = scales[k]!;
    const row = atoms.row(k); // a copy, in its own memory
    for (let j = 0; j < row.length; j++) row[j]! /= scale;
    const made = { index: k, row, length: lengths[k]! / scale, share: share(k) };
    taken.set(k, made);
    return made;
  };
  const shortest = lengths.reduce((best, length, k) => (length < lengths[best]! ? k : best), 0);
  const forgetAllBut = (kept: ReadonlySet<number>): void => {
    for (const k of taken.keys()) if (!kept.has(k)) taken.delete(k);
  };
  return { scales, share, take, forgetAllBut, shortest };
}
