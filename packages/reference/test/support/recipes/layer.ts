import { denseScratchBytes, type LayerKernels, sparseScratchBytes } from "@steepest/kernels";
import fc from "fast-check";
import { type Argument, anyVector, input, number, output, type Recipe, scratch } from "./recipe.js";

interface Shape {
  readonly n: number;
  readonly inputs: number;
  readonly outputs: number;
}

const small = fc.integer({ min: 0, max: 7 });

/** Any one of the three sizes is `length`, the others are small. */
const shapes = (length: number): fc.Arbitrary<Shape> =>
  fc.oneof(
    fc.record({ n: fc.constant(length), inputs: small, outputs: small }),
    fc.record({ n: small, inputs: fc.constant(length), outputs: small }),
    fc.record({ n: small, inputs: small, outputs: fc.constant(length) }),
  );

const sizes = ({ n, inputs, outputs }: Shape): Argument[] => [number(n), number(inputs), number(outputs)];

/** A product of two matrices whose lengths follow from the shape. */
const dense =
  (first: (shape: Shape) => number, second: (shape: Shape) => number, result: (shape: Shape) => number): Recipe =>
  (length) =>
    shapes(length).chain((shape) =>
      fc
        .tuple(anyVector(first(shape)), anyVector(second(shape)))
        .map(([a, b]) => [
          input(a),
          input(b),
          output(result(shape)),
          ...sizes(shape),
          scratch(denseScratchBytes(shape.n, shape.inputs, shape.outputs)),
        ]),
    );

/** Compressed rows of a rows x columns matrix with any pattern; stored zeros occur. */
const compressed = (rows: number, columns: number): fc.Arbitrary<Argument> =>
  fc.array(fc.subarray(Array.from({ length: columns }, (_, column) => column)), { minLength: rows, maxLength: rows }).chain((pattern) => {
    const index = Int32Array.from(pattern.flat());
    const start = new Int32Array(rows + 1);
    for (const [row, columnsOfRow] of pattern.entries()) start[row + 1] = start[row]! + columnsOfRow.length;
    return anyVector(index.length).map((values) => ({ kind: "sparse", start, index, values }));
  });

const sparse =
  (matrix: (shape: Shape) => fc.Arbitrary<Argument>, operand: (shape: Shape) => number, result: (shape: Shape) => number): Recipe =>
  (length) =>
    shapes(length).chain((shape) =>
      fc
        .tuple(matrix(shape), anyVector(operand(shape)))
        .map(([x, b]) => [
          x,
          input(b),
          output(result(shape)),
          ...sizes(shape),
          scratch(sparseScratchBytes(shape.n, shape.inputs, shape.outputs)),
        ]),
    );

export const layerRecipes: Record<keyof LayerKernels, Recipe> = {
  denseForward: dense(
    ({ n, inputs }) => n * inputs,
    ({ inputs, outputs }) => inputs * outputs,
    ({ n, outputs }) => n * outputs,
  ),
  denseInputGradient: dense(
    ({ n, outputs }) => n * outputs,
    ({ inputs, outputs }) => inputs * outputs,
    ({ n, inputs }) => n * inputs,
  ),
  denseWeightGradient: dense(
    ({ n, inputs }) => n * inputs,
    ({ n, outputs }) => n * outputs,
    ({ inputs, outputs }) => inputs * outputs,
  ),
  sparseForward: sparse(
    ({ n, inputs }) => compressed(n, inputs),
    ({ inputs, outputs }) => inputs * outputs,
    ({ n, outputs }) => n * outputs,
  ),
  sparseWeightGradient: sparse(
    ({ n, inputs }) => compressed(inputs, n),
    ({ n, outputs }) => n * outputs,
    ({ inputs, outputs }) => inputs * outputs,
  ),
};
