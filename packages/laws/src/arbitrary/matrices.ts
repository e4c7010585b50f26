import fc from "fast-check";
import { entry } from "./entry.js";

const small = fc.integer({ min: -3, max: 3 });

function exactly<T>(arbitrary: fc.Arbitrary<T>, count: number): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { minLength: count, maxLength: count, size: "max" });
}

/** A B with small integers, hence of exactly known entries and of rank at most `rank`. */
export function integerProducts(rows: number, columns: number, rank: number): fc.Arbitrary<number[]> {
  return fc.tuple(exactly(small, rows * rank), exactly(small, rank * columns)).map(([left, right]) =>
    Array.from({ length: rows * columns }, (_, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += left[i * rank + k]! * right[k * columns + j]!;
      return sum;
    }),
  );
}

/** One entry of one size per row and column: every singular value is the same, or 0. */
function repeatedSingularValues(rows: number, columns: number): fc.Arbitrary<number[]> {
  const side = Math.min(rows, columns);
  const order = fc.shuffledSubarray([...Array(Math.max(rows, columns)).keys()], { minLength: side, maxLength: side });
  return fc.tuple(order, exactly(fc.constantFrom(1, -1, 0), side), fc.integer({ min: 1, max: 9 })).map(([places, signs, size]) => {
    const matrix = new Array<number>(rows * columns).fill(0);
    places.forEach((place, k) => {
      const [i, j] = rows <= columns ? [k, place] : [place, k];
      matrix[i * columns + j] = signs[k]! * size;
    });
    return matrix;
  });
}

/** Rows at sizes from 1 to 2^-60, and some rows and columns of zeros. */
function gradedWithZeros(rows: number, columns: number): fc.Arbitrary<number[]> {
  const rowScale = fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 60 }).map((k) => 2 ** -k),
  );
  const column = fc.constantFrom(1, 1, 0);
  return fc
    .tuple(exactly(entry, rows * columns), exactly(rowScale, rows), exactly(column, columns))
    .map(([values, rowScales, keep]) => values.map((value, at) => value * rowScales[Math.floor(at / columns)]! * keep[at % columns]!));
}

/** Matrices row by row, before scaling: any, of low rank, with repeated singular values, graded, with rows and columns of zeros. */
export function matrices(rows: number, columns: number): fc.Arbitrary<number[]> {
  const ranks = Math.min(rows, columns);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: exactly(entry, rows * columns) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: ranks }).chain((rank) => integerProducts(rows, columns, rank)) },
    { weight: 1, arbitrary: repeatedSingularValues(rows, columns) },
    { weight: 1, arbitrary: gradedWithZeros(rows, columns) },
  );
}
