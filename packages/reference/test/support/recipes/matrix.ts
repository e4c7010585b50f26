import { type MatrixKernels, svdScratchBytes } from "@steepest/kernels";
import fc from "fast-check";
import { anyVector, input, number, output, plainVector, type Recipe, scratch } from "./recipe.js";

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

const small = fc.integer({ min: 0, max: 9 });

/** One side is `length`, the other small; or both are like it, so that blocks of strands are filled, within what a test can afford. */
const shapes = (length: number): fc.Arbitrary<readonly [number, number]> => {
  const like = fc.integer({ min: Math.min(length, 30), max: Math.min(length, 30) + 3 });
  return fc.oneof(fc.tuple(fc.constant(length), small), fc.tuple(small, fc.constant(length)), fc.tuple(like, like));
};

/** Values of every kind, few different ones (so exact rank deficiency and ties), rows or columns over many scales. */
const values = (rows: number, columns: number): fc.Arbitrary<Float64Array> => {
  const tied = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: rows * columns, maxLength: rows * columns, size: "max" });
  const graded = fc
    .tuple(plainVector(rows * columns), fc.boolean(), fc.integer({ min: -1000, max: 900 }))
    .map(([x, byRows, range]) =>
      x.map((value, i) => value * 2 ** ((range * (byRows ? Math.floor(i / columns) : i % columns)) / Math.max(rows, columns))),
    );
  return fc.oneof(
    anyVector(rows * columns),
    tied.map((x) => Float64Array.from(x)),
    graded,
  );
};

const matrices = (length: number): fc.Arbitrary<Matrix> =>
  shapes(length).chain(([rows, columns]) => values(rows, columns).map((x) => ({ rows, columns, values: x })));

export const matrixRecipes: Record<keyof MatrixKernels, Recipe> = {
  thinSvd: (length) =>
    matrices(length).map(({ rows, columns, values: g }) => {
      const count = Math.min(rows, columns);
      return [
        input(g),
        output(count * rows),
        output(count),
        output(count * columns),
        number(rows),
        number(columns),
        scratch(svdScratchBytes(rows, columns)),
      ];
    }),
  singularValues: (length) =>
    matrices(length).map(({ rows, columns, values: g }) => [
      input(g),
      output(Math.min(rows, columns)),
      number(rows),
      number(columns),
      scratch(svdScratchBytes(rows, columns)),
    ]),
};
