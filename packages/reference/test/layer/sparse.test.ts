import { type Kernels, sparseScratchBytes } from "@steepest/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { runs } from "../support/fuzz.js";
import { implementations } from "../support/implementations.js";
import { firstDifference, layerProducts, roundingValues, type Shape, smallShapes } from "../support/naiveProduct.js";
import { type Argument, input, number, output, scratch } from "../support/recipes/recipe.js";

/** Compressed rows of the nonzeros of a matrix that is read through `at`. */
function compress(rows: number, columns: number, at: (row: number, column: number) => number): Argument {
  const start = [0];
  const index: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = at(row, column);
      if (value === 0) continue;
      index.push(column);
      values.push(value);
    }
    start.push(index.length);
  }
  return { kind: "sparse", start: Int32Array.from(start), index: Int32Array.from(index), values: Float64Array.from(values) };
}

/** Compares both products with the dense contract, canaries around everything and scratch of exactly the promised size. */
function check(kernels: Kernels, shape: Shape, x: Float64Array, w: Float64Array, dz: Float64Array): void {
  const { n, inputs, outputs } = shape;
  const rest = [number(n), number(inputs), number(outputs), scratch(sparseScratchBytes(n, inputs, outputs))];
  const products = [
    {
      name: "sparseForward",
      a: compress(n, inputs, (i, j) => x[i * inputs + j]!),
      b: w,
      expected: layerProducts.forward(shape, x, w),
    },
    {
      name: "sparseWeightGradient",
      a: compress(inputs, n, (j, i) => x[i * inputs + j]!),
      b: dz,
      expected: layerProducts.weightGradient(shape, x, dz),
    },
  ] as const;
  for (const { name, a, b, expected } of products) {
    const { outputs: results, damaged } = call(kernels, name, [a, input(b), output(expected.length), ...rest], aligned);
    const where = `${name} of ${n} x ${inputs} x ${outputs}`;
    expect(firstDifference(results[0]!, expected), where).toBeUndefined();
    expect(damaged, `${where} wrote where it may not`).toEqual([]);
  }
}

function checkRandom(kernels: Kernels, shape: Shape, density: number, seed = 1): void {
  const { n, inputs, outputs } = shape;
  const x = roundingValues(n * inputs, seed, density);
  check(kernels, shape, x, roundingValues(inputs * outputs, seed + 1), roundingValues(n * outputs, seed + 2));
}

describe.each(implementations)("%s: a sparse product has the bits of the dense one", (_, kernels) => {
  test("for every shape up to 6 x 6 x 6 and every density", () => {
    for (const shape of smallShapes(6)) for (const density of [0, 0.3, 1]) checkRandom(kernels, shape, density);
  });

  test("for every number of outputs past two panels", () => {
    for (let outputs = 0; outputs <= 35; outputs++) checkRandom(kernels, { n: 7, inputs: 11, outputs }, 0.4);
  });

  test.each([
    { n: 5, inputs: 3301, outputs: 17 },
    { n: 3301, inputs: 5, outputs: 17 },
    { n: 210, inputs: 211, outputs: 33 },
  ])("past two passes over the panel: $n x $inputs x $outputs", (shape) => checkRandom(kernels, shape, 0.19));

  test("for random shapes and densities", () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 13, max: 90 }));
    const cases = fc.record({ n: size, inputs: size, outputs: size, seed: fc.nat(), density: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(cases, ({ seed, density, ...shape }) => checkRandom(kernels, shape, density, seed)),
      runs(60),
    );
  });

  test("also where finite products overflow", () => {
    const shape = { n: 9, inputs: 8, outputs: 19 };
    const x = roundingValues(72, 1, 0.5).map((value) => value * 1e300);
    check(
      kernels,
      shape,
      x,
      roundingValues(152, 2).map((value) => value * 1e10),
      roundingValues(171, 3).map((value) => value * 1e10),
    );
  });

  test("entries that are stored but zero change nothing, and a NaN that meets a stored entry shows", () => {
    const stored: Argument = { kind: "sparse", start: Int32Array.of(0, 2, 2), index: Int32Array.of(0, 2), values: Float64Array.of(0, 3) };
    const forward = (w: Float64Array) =>
      call(
        kernels,
        "sparseForward",
        [stored, input(w), output(2), number(2), number(3), number(1), scratch(sparseScratchBytes(2, 3, 1))],
        aligned,
      ).outputs[0]!;
    expect(forward(Float64Array.of(-5, 7, 2))).toEqual(Float64Array.of(6, 0));
    expect(forward(Float64Array.of(1, Number.NaN, 2))).toEqual(Float64Array.of(6, 0)); // column 1 is not stored
    expect(forward(Float64Array.of(1, 7, Number.NaN))).toEqual(Float64Array.of(Number.NaN, 0));
  });
});
