import { readFile } from "node:fs/promises";
import { blocking, denseScratchBytes, type Kernels, sparsePanel } from "@steepest/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { runs } from "../support/fuzz.js";
import { implementations } from "../support/implementations.js";
import { firstDifference, layerProducts, roundingValues, type Shape, smallShapes } from "../support/naiveProduct.js";
import { input, number, output, scratch } from "../support/recipes/recipe.js";

/** Compares the three products with the contract, canaries around everything and scratch of exactly the promised size. */
function check(kernels: Kernels, shape: Shape, x: Float64Array, w: Float64Array, dz: Float64Array): void {
  const { n, inputs, outputs } = shape;
  const rest = [number(n), number(inputs), number(outputs), scratch(denseScratchBytes(n, inputs, outputs))];
  const products = [
    { name: "denseForward", a: x, b: w, expected: layerProducts.forward(shape, x, w) },
    { name: "denseInputGradient", a: dz, b: w, expected: layerProducts.inputGradient(shape, dz, w) },
    { name: "denseWeightGradient", a: x, b: dz, expected: layerProducts.weightGradient(shape, x, dz) },
  ] as const;
  for (const { name, a, b, expected } of products) {
    const { outputs: results, damaged } = call(kernels, name, [input(a), input(b), output(expected.length), ...rest], aligned);
    const where = `${name} of ${n} x ${inputs} x ${outputs}`;
    expect(firstDifference(results[0]!, expected), where).toBeUndefined();
    expect(damaged, `${where} wrote where it may not`).toEqual([]);
  }
}

function checkRandom(kernels: Kernels, shape: Shape, seed = 1): void {
  const { n, inputs, outputs } = shape;
  check(
    kernels,
    shape,
    roundingValues(n * inputs, seed),
    roundingValues(inputs * outputs, seed + 1),
    roundingValues(n * outputs, seed + 2),
  );
}

describe.each(implementations)("%s: a dense product is the sequential sum, whatever the blocking", (_, kernels) => {
  test("for every shape up to 11 x 11 x 11", () => {
    for (const shape of smallShapes(11)) checkRandom(kernels, shape);
  });

  test("for one output, of every number of samples and inputs past two blocks of either", () => {
    for (let n = 0; n <= 19; n++) for (let inputs = 0; inputs <= 11; inputs++) checkRandom(kernels, { n, inputs, outputs: 1 });
    for (const inputs of [1023, 1024, 1025, 2049]) checkRandom(kernels, { n: 21, inputs, outputs: 1 });
  });

  // each size in turn is the contraction, the rows and the columns of one of the three products
  test.each([
    { n: 2 * blocking.depth + 17, inputs: 21, outputs: 13 },
    { n: 11, inputs: 2 * blocking.depth + 1, outputs: 14 },
    { n: 9, inputs: 23, outputs: 2 * blocking.depth + 5 },
    { n: 2 * blocking.rowBlock + 3, inputs: 31, outputs: 2 * blocking.rowBlock + 11 },
    { n: 7, inputs: blocking.columnBlock + 6, outputs: 6 },
    { n: 6, inputs: 5, outputs: blocking.columnBlock + 1 },
    { n: blocking.rowBlock + 2, inputs: blocking.depth + 8, outputs: blocking.rowBlock + 1 },
  ])("past the blocks: $n x $inputs x $outputs", (shape) => checkRandom(kernels, shape));

  test("for random shapes", () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 13, max: 110 }));
    const shapes = fc.record({ n: size, inputs: size, outputs: size, seed: fc.nat() });
    fc.assert(
      fc.property(shapes, ({ seed, ...shape }) => checkRandom(kernels, shape, seed)),
      runs(60),
    );
  });

  test("an empty contraction gives +0", () => {
    const { outputs } = call(
      kernels,
      "denseForward",
      [
        input(new Float64Array(0)),
        input(new Float64Array(0)),
        output(63),
        number(7),
        number(0),
        number(9),
        scratch(denseScratchBytes(7, 0, 9)),
      ],
      aligned,
    );
    expect(outputs[0]).toEqual(new Float64Array(63));
  });

  test("sums start from +0, so products that are all -0 give +0", () => {
    const shape = { n: 6, inputs: 5, outputs: 7 };
    check(kernels, shape, new Float64Array(30).fill(-0), new Float64Array(35).fill(1), new Float64Array(42).fill(-0));
    check(kernels, shape, new Float64Array(30).fill(-0), new Float64Array(35).fill(0), new Float64Array(42).fill(5e-324));
  });

  test("infinities, NaN and overflow stay in their own row and column", () => {
    const shape = { n: 12, inputs: 9, outputs: 11 };
    for (const special of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, Number.MAX_VALUE]) {
      for (const position of [0, 13, 42, 98]) {
        const [x, w, dz] = [roundingValues(108, 1), roundingValues(99, 2), roundingValues(132, 3)];
        x[position] = special;
        w[98 - position] = special;
        dz[position] = special;
        check(kernels, shape, x, w, dz);
      }
    }
  });
});

test("the scratch sizes are those of the binary's blocking", async () => {
  const source = await readFile(new URL("../../../../assembly/matrix/blocking.ts", import.meta.url), "utf8");
  const constants = Object.fromEntries(
    [...source.matchAll(/export const (\w+): i32 = (\d+);/g)].map(([, name, value]) => [name, Number(value)]),
  );
  expect(constants).toMatchObject({
    tileRows: blocking.rows,
    tileColumns: blocking.columns,
    depthBlock: blocking.depth,
    rowBlock: blocking.rowBlock,
    columnBlock: blocking.columnBlock,
    sparsePanel,
  });
});
