import type { ConeProgram } from "./cones.js";
import type { MatrixBlock, Norm, NormShape } from "./norm.js";
import type { Limit, PolytopeProgram, ScaledEntry } from "./polytope.js";

/**
 * States ||D x|| <= limit as inequalities of convex cones, or as linear ones where the norm knows these alone.
 *
 * @param norm     the norm
 * @param program  takes the inequalities
 * @param entries  of x with those of D, in the order of the shape
 * @param shape    of x
 * @param limit    of the norm
 * @returns false if a norm within it knows neither; the programme is then of no use
 */
export function boundByCones(norm: Norm, program: ConeProgram, entries: readonly ScaledEntry[], shape: NormShape, limit: Limit): boolean {
  return norm.boundByCones?.(program, entries, shape, limit) ?? norm.boundLinearly?.(program, entries, shape, limit) ?? false;
}

/** Further limits whose sum is within one, for as many parts. */
export function limitsOfSum(program: PolytopeProgram, count: number, limit: Limit): readonly Limit[] {
  const parts = Array.from({ length: count }, () => program.limit());
  if (count > 0) program.limitsWithin(parts, limit);
  return parts;
}

/** Entries of a block row by row. */
export function rowsOfEntries(entries: readonly ScaledEntry[], { offset, rows, columns }: MatrixBlock): (readonly ScaledEntry[])[] {
  return Array.from({ length: rows }, (_, r) => entries.slice(offset + r * columns, offset + (r + 1) * columns));
}

/** Entries of a block column by column. */
export function columnsOfEntries(entries: readonly ScaledEntry[], { offset, rows, columns }: MatrixBlock): (readonly ScaledEntry[])[] {
  return Array.from({ length: columns }, (_, c) => Array.from({ length: rows }, (__, r) => entries[offset + r * columns + c]!));
}
