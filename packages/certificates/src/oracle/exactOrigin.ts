import { type ExactRow, exactProduct, exactRow, lengthOf } from "../arithmetic/exactRows.js";
import type { Atoms } from "../atoms/atoms.js";
import { euclideanAbove, rowLengths } from "../bound/rowLengths.js";
import { largestOf } from "../solver/largestOf.js";
import { exactCombination, independentColumns } from "./exactCombination.js";

/** The answer to whether 0 is a convex combination of rows, in exact arithmetic. */
export type ExactOrigin =
  /** These rows, with positive multipliers, sum to 0. */
  | { readonly isInHull: true; readonly indices: readonly number[] }
  /** Directions near one that has a positive product with every row, which rounding to doubles can take from it. */
  | { readonly isInHull: false; readonly thetas: readonly Float64Array[] };

/** Most rows of a guess that are taken, and most that a round adds. */
const mostGuessed = 64;
const addedRows = 8;
const mostRounds = 20;
/** A share of ||Zₖ|| ||θ|| above which the sign of a product in doubles is certain. */
const nearShare = 1e-9;
/** Bits of the integers, at most: a determinant of so many columns. More take more time than the answer is worth. */
const mostBits = 3000;

/**
 * Decides in exact arithmetic whether 0 is a convex combination of rows, which doubles are rational numbers for: first of the rows of a guess, by the simplex
 * method in integers. Where it is none of them, a direction has positive products with these; rows of which that is not true are added, until there are none.
 *
 * @param atoms   the rows
 * @param lambda  multipliers whose combination is nearly 0
 * @returns the answer; undefined where its integers would be too long (more than about 50 independent rows of doubles of one size), or rounds run out
 */
export function exactOrigin(atoms: Atoms, lambda: Float64Array): ExactOrigin | undefined {
  const places = atoms.determining ?? Array.from({ length: atoms.size }, (_, j) => j);
  const known = new Map<number, ExactRow>();
  const cut = (k: number): ExactRow => {
    const row = atoms.row(k);
    return exactRow(places.map((j) => row[j]!));
  };
  const taken = largestOf(lambda, mostGuessed);
  if (taken.length === 0) return undefined;
  for (let round = 0; round < mostRounds; round++) {
    for (const k of taken) if (!known.has(k)) known.set(k, cut(k));
    const rows = taken.map((k) => known.get(k)!);
    const columns = independentColumns(rows, mostBits);
    if (!columns) return undefined;
    const found = exactCombination(rows.map((row) => columns.map((c) => row[c]!)));
    if (found.multipliers) return { isInHull: true, indices: taken.filter((_, i) => found.multipliers[i]! > 0n) };
    const direction = new Array<bigint>(places.length).fill(0n);
    for (const [i, c] of columns.entries()) direction[c] = found.direction[i]!;
    const theta = rounded(direction, places, atoms.size);
    const violated = violatedBy(atoms, taken, direction, theta, cut);
    if (violated.length === 0) return { isInHull: false, thetas: [theta, withoutSmall(theta)] };
    taken.push(...violated);
  }
  return undefined;
}

/** Rows outside whose exact product with a direction is not positive, the first ones; rows far on its side in doubles are not looked at again. */
function violatedBy(
  atoms: Atoms,
  taken: readonly number[],
  direction: ExactRow,
  theta: Float64Array,
  cut: (k: number) => ExactRow,
): number[] {
  const products = new Float64Array(atoms.count);
  atoms.times(theta, products);
  const lengths = rowLengths(atoms);
  const near = euclideanAbove(theta) * nearShare;
  const within = new Set(taken);
  const violated: number[] = [];
  for (let k = 0; k < atoms.count && violated.length < addedRows; k++) {
    if (within.has(k) || products[k]! > near * lengths[k]!) continue;
    if (exactProduct(cut(k), direction) <= 0n) violated.push(k);
  }
  return violated;
}

/** θ without the entries that are as small as the rounding of others. */
function withoutSmall(theta: Float64Array): Float64Array {
  const largest = theta.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return theta.map((value) => (Math.abs(value) < largest * 2 ** -50 ? 0 : value));
}

/** Integers as doubles in nearly the same ratios, none above 1. */
function rounded(direction: ExactRow, places: readonly number[], size: number): Float64Array {
  const longest = direction.reduce((most, value) => Math.max(most, lengthOf(value)), 0);
  const shift = Math.max(longest - 1000, 0);
  const unit = 2 ** (shift - longest);
  const theta = new Float64Array(size);
  for (const [i, j] of places.entries()) theta[j] = Number(direction[i]! >> BigInt(shift)) * unit;
  return theta;
}
