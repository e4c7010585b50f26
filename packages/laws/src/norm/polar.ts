import fc from "fast-check";
import { integerProducts } from "../arbitrary/matrices.js";
import { shapes } from "../arbitrary/vectors.js";
import { equal, type Finding, type Law, vacuous, worst } from "../law.js";
import { type Layout, layoutOf, type NormSubject, roundingOf } from "./normSubject.js";

const source = "the polar factor of a rank-deficient matrix is a partial isometry: Higham, Functions of Matrices (2008), section 8.1";

const saysSo = ({ partialIsometry, layouts }: NormSubject): boolean => partialIsometry === true && layouts !== undefined;

/** The matrices of a vector, as rows. */
function matricesOf(layout: Layout, x: Float64Array): Float64Array[][] {
  let next = 0;
  return layout.map(([rows, columns]) =>
    Array.from({ length: rows }, () => {
      next += columns;
      return x.subarray(next - columns, next);
    }),
  );
}

/** O Oᵀ O against O, entry by entry. */
function returned(o: readonly Float64Array[], bound: number): Finding {
  return worst(
    o.flatMap((row, i) => {
      const products = o.map((other) => other.reduce((sum, value, j) => sum + value * row[j]!, 0));
      return Array.from(row, (value, j) => {
        const back = products.reduce((sum, product, k) => sum + product * o[k]![j]!, 0);
        return equal(back, value, bound, { part: `entry ${i},${j}` });
      });
    }),
  );
}

const isometry: Law<NormSubject, Float64Array> = {
  id: "lmo-is-partial-isometry",
  statement: "O Oᵀ O = O for O = lmo(G), whatever the rank of G",
  source,
  requires: ["lmo", "partialIsometry"],
  applies: saysSo,
  kills: "Newton-Schulz posing as spectral",
  generate: shapes,
  holds: (subject, g, arithmetic) => {
    const bound = 2 * roundingOf(subject, g.length, arithmetic);
    return worst(matricesOf(layoutOf(subject, g.length), subject.lmo(g)).map((o) => returned(o, bound)));
  },
};

/** The rank of integers, by elimination without fractions (Bareiss), exactly. */
function exactRank(matrix: readonly Float64Array[]): number {
  const rows = matrix.map((row) => Array.from(row, BigInt));
  const columns = rows[0]?.length ?? 0;
  let rank = 0;
  let previous = 1n;
  for (let column = 0; column < columns && rank < rows.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
    const top = rows[rank]!;
    for (const row of rows.slice(rank + 1)) {
      const factor = row[column]!;
      for (let j = column; j < columns; j++) row[j] = (row[j]! * top[column]! - top[j]! * factor) / previous;
    }
    previous = top[column]!;
    rank++;
  }
  return rank;
}

/**
 * True if the smallest singular value of an integer matrix of rank r is well above the size of null ones: some minor of r rows is at least 1, and the other
 * singular values are at most ||G||_F, so that it is at least ||G||_F^(1-r).
 */
function clearlyOfRank(matrix: readonly Float64Array[], rank: number, unitRoundoff: number): boolean {
  const length = Math.sqrt(matrix.reduce((sum, row) => sum + row.reduce((inner, value) => inner + value * value, 0), 0));
  const side = Math.max(matrix.length, matrix[0]?.length ?? 0);
  return rank === 0 || length ** (1 - rank) > 16 * side * unitRoundoff * length;
}

const rank: Law<NormSubject, Float64Array> = {
  id: "lmo-has-rank-of-gradient",
  statement: "||O||_F² = rank(G) for O = lmo(G): null directions give 0",
  source: "the tie rule of this project: singular values up to max(m, n) eps s₁ are null",
  requires: ["lmo", "partialIsometry"],
  applies: saysSo,
  kills: "spectral that completes null directions",
  generate: ({ layouts }) =>
    fc.oneof(
      ...layouts!.map((layout) =>
        fc
          .tuple(
            ...layout.map(([rows, columns]) =>
              fc.integer({ min: 1, max: Math.min(rows, columns) }).chain((most) => integerProducts(rows, columns, most)),
            ),
          )
          .map((blocks) => Float64Array.from(blocks.flat())),
      ),
    ),
  holds: (subject, g, arithmetic) => {
    const blocks = matricesOf(layoutOf(subject, g.length), g);
    const ranks = blocks.map(exactRank);
    if (!blocks.every((block, i) => clearlyOfRank(block, ranks[i]!, arithmetic.unitRoundoff))) return vacuous;
    const expected = ranks.reduce((sum, value) => sum + value, 0);
    const square = subject.lmo(g).reduce((sum, value) => sum + value * value, 0);
    return equal(square, expected, 4 * (expected + 1) * roundingOf(subject, g.length, arithmetic));
  },
};

export const polarLaws: readonly Law<NormSubject>[] = [isometry, rank];
