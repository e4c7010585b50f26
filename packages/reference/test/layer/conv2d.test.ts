import { conv2dScratchBytes, type Kernels } from "@steepest/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aligned, call } from "../support/call.js";
import { runs } from "../support/fuzz.js";
import { implementations } from "../support/implementations.js";
import { type ConvolutionShape, convolutions, lengthsOf } from "../support/naiveConvolution.js";
import { firstDifference, naiveProduct, roundingValues } from "../support/naiveProduct.js";
import { type Argument, input, number, output, scratch } from "../support/recipes/recipe.js";

interface Operands {
  readonly x: Float64Array;
  readonly w: Float64Array;
  readonly dz: Float64Array;
  /** One per sample; absent: the kernel is given none. */
  readonly coefficients?: Float64Array;
}

type Products = Record<"forward" | "inputGradient" | "weightGradient", Float64Array>;

const textOf = (shape: ConvolutionShape): string => JSON.stringify(shape).replaceAll('"', "");

/** The three products by the kernels, canaries around everything and scratch of exactly the promised size. */
function products(kernels: Kernels, shape: ConvolutionShape, { x, w, dz, coefficients }: Operands): Products {
  const { n, channels, height, width, filters, size, stride, padding } = shape;
  const rest = [...[n, channels, height, width, filters, size, stride, padding].map(number), scratch(conv2dScratchBytes(shape))];
  const product = (
    name: "conv2dForward" | "conv2dInputGradient" | "conv2dWeightGradient",
    a: Float64Array,
    b: Float64Array,
    length: number,
    ...factors: Argument[]
  ) => {
    const { outputs, damaged } = call(kernels, name, [input(a), input(b), ...factors, output(length), ...rest], aligned);
    if (damaged.length > 0) expect(damaged, `${name} of ${textOf(shape)} wrote where it may not`).toEqual([]);
    return outputs[0]!;
  };
  return {
    forward: product("conv2dForward", x, w, dz.length),
    inputGradient: product("conv2dInputGradient", dz, w, x.length),
    weightGradient: product("conv2dWeightGradient", x, dz, w.length, coefficients ? input(coefficients) : number(0)),
  };
}

function randomOperands(shape: ConvolutionShape, seed = 1): Operands {
  const { x, w, z } = lengthsOf(shape);
  return { x: roundingValues(x, seed), w: roundingValues(w, seed + 1), dz: roundingValues(z, seed + 2) };
}

/** dz, every entry rounded after multiplication by its sample's coefficient. */
const scaled = ({ n }: ConvolutionShape, { dz, coefficients }: Operands): Float64Array =>
  coefficients ? dz.map((value, k) => value * coefficients[Math.floor(k / (dz.length / n))]!) : dz;

const definition = (shape: ConvolutionShape, operands: Operands): Products => ({
  forward: convolutions.forward(shape, operands.x, operands.w),
  inputGradient: convolutions.inputGradient(shape, operands.dz, operands.w),
  weightGradient: convolutions.weightGradient(shape, operands.x, scaled(shape, operands)),
});

function check(shape: ConvolutionShape, operands: Operands): void {
  const expected = definition(shape, operands);
  for (const [side, kernels] of implementations) {
    const actual = products(kernels, shape, operands);
    for (const name of ["forward", "inputGradient", "weightGradient"] as const) {
      const difference = firstDifference(actual[name], expected[name]);
      if (difference !== undefined) expect.fail(`${side}, ${name} of ${textOf(shape)}: ${difference}`);
    }
  }
}

const images = [
  [1, 1],
  [3, 5],
  [5, 3],
  [7, 7],
  [1, 9],
  [6, 8],
] as const;

/** Every combination of the sizes of filters, strides, padding, channels, samples and images; the number of filters runs through 1 to 5. */
function* smallShapes(): Generator<ConvolutionShape> {
  let filters = 0;
  for (let size = 1; size <= 5; size++)
    for (let stride = 1; stride <= 3; stride++)
      for (let padding = 0; padding <= 2; padding++)
        for (let channels = 1; channels <= 3; channels++)
          for (let n = 1; n <= 3; n++)
            for (const [height, width] of images) {
              filters = (filters % 5) + 1; // against six images, so that every pair occurs
              yield { n, channels, height, width, filters, size, stride, padding };
            }
}

const shapeOf = (shape: Partial<ConvolutionShape>): ConvolutionShape => ({
  n: 2,
  channels: 2,
  height: 6,
  width: 7,
  filters: 3,
  size: 3,
  stride: 1,
  padding: 1,
  ...shape,
});

describe("binary and twin are the definition in seven loops, bit for bit", () => {
  test("for every small shape", () => {
    let seed = 1;
    for (const shape of smallShapes()) {
      const operands = randomOperands(shape, seed++);
      check(shape, seed % 2 ? operands : { ...operands, coefficients: roundingValues(shape.n, seed) });
    }
  });

  test.each([
    shapeOf({ channels: 17, size: 5, height: 6, width: 9, padding: 0 }), // 425 taps of the output: two blocks
    shapeOf({ channels: 17, size: 5, height: 6, width: 13, padding: 0, filters: 8 }), // two blocks, nine columns as five and four
    shapeOf({ channels: 5, size: 3, height: 14, width: 15, padding: 0, filters: 6 }), // 13 columns, the last filters a partial tile; 45 taps in fives
    shapeOf({ channels: 17, size: 5, height: 7, width: 10, padding: 0, filters: 5 }), // two blocks for the last two columns of three rows
    shapeOf({ channels: 100, filters: 5, n: 1, height: 4, width: 6, padding: 0 }), // 900 taps: three blocks, the last tile partial
    shapeOf({ n: 1, height: 27, width: 41 }), // 1107 outputs: three blocks of rows
    shapeOf({ n: 1, height: 3, width: 700, padding: 0 }), // a row longer than a block
    shapeOf({ channels: 9, filters: 13, height: 11, width: 5, stride: 2 }),
    shapeOf({ n: 5, channels: 1, height: 28, width: 28, filters: 8, size: 5, padding: 2 }),
    shapeOf({ size: 2, stride: 5, height: 17, width: 16 }), // inputs that no tap meets
    shapeOf({ size: 1, padding: 2 }), // outputs that meet no input
    shapeOf({ size: 7, padding: 3 }),
  ])("for the larger shape %o", (shape) => check(shape, randomOperands(shape)));

  test("for random shapes", () => {
    const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
    const shapes = fc.record({
      shape: fc.record({
        n: size(3),
        channels: size(9),
        height: size(14),
        width: size(14),
        filters: size(9),
        size: size(6),
        stride: size(4),
        padding: fc.integer({ min: 0, max: 4 }),
      }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shapes, ({ shape, seed }) => check(shape, randomOperands(shape, seed))),
      runs(40),
    );
  });

  test("where an axis is empty or the filter is larger than the padded image", () => {
    const empty = [
      { n: 0 },
      { channels: 0 },
      { filters: 0 },
      { height: 0 },
      { width: 0 },
      { height: 0, padding: 0 },
      { width: 0, padding: 0 },
    ];
    const larger = [{ size: 9 }, { size: 9, stride: 3 }, { size: 4, padding: 0, height: 3 }, { size: 4, padding: 0, width: 3 }];
    for (const change of [...empty, ...larger]) check(shapeOf(change), randomOperands(shapeOf(change)));
  });

  test("for sums of negative zeros, which are +0, and of the smallest numbers", () => {
    for (const padding of [0, 1]) {
      const shape = shapeOf({ padding });
      const { x, w, z } = lengthsOf(shape);
      for (const value of [0, 1, 5e-324]) {
        const operands = { x: new Float64Array(x).fill(-0), w: new Float64Array(w).fill(value), dz: new Float64Array(z).fill(-0) };
        check(shape, operands);
        check(shape, { ...operands, x: new Float64Array(x).fill(-5e-324) });
      }
    }
  });

  test("for sums that overflow", () => {
    const shape = shapeOf({ padding: 0 });
    const { x, w, dz } = randomOperands(shape);
    check(shape, { x: x.map((value) => value * 1e300), w: w.map((value) => value * 1e10), dz: dz.map((value) => value * 1e300) });
  });
});

/** An image with its padding written out. */
function padded({ n, channels, height, width, padding }: ConvolutionShape, x: Float64Array): Float64Array {
  const [tall, wide] = [height + 2 * padding, width + 2 * padding];
  const out = new Float64Array(n * channels * tall * wide);
  for (let plane = 0; plane < n * channels; plane++)
    for (let y = 0; y < height; y++)
      for (let column = 0; column < width; column++)
        out[(plane * tall + y + padding) * wide + column + padding] = x[(plane * height + y) * width + column]!;
  return out;
}

describe.each(implementations)("%s: operands that are not finite", (_, kernels) => {
  const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  test("one of x or dz shows in what meets it, and nowhere else", () => {
    for (const special of specials) {
      for (const stride of [1, 2]) {
        const shape = shapeOf({ padding: 0, stride });
        const operands = randomOperands(shape);
        operands.x[16] = special;
        operands.dz[11] = special;
        const [actual, expected] = [products(kernels, shape, operands), definition(shape, operands)];
        for (const name of ["forward", "inputGradient", "weightGradient"] as const)
          expect(firstDifference(actual[name], expected[name]), name).toBeUndefined();
        for (const values of Object.values(actual)) {
          expect(values.some((value) => !Number.isFinite(value))).toBe(true);
          expect(values.some((value) => Number.isFinite(value))).toBe(true);
        }
      }
    }
  });

  test("what lies outside of an image counts as zero: the products are those of the image with its padding written out", () => {
    for (const special of specials) {
      for (const padding of [1, 2]) {
        const shape = shapeOf({ padding });
        const operands = randomOperands(shape);
        operands.w[5] = special;
        operands.dz[0] = special;
        const written = { ...shape, height: shape.height + 2 * padding, width: shape.width + 2 * padding, padding: 0 };
        const actual = products(kernels, shape, operands);
        const x = padded(shape, operands.x);
        expect(firstDifference(actual.forward, convolutions.forward(written, x, operands.w))).toBeUndefined();
        expect(firstDifference(actual.weightGradient, convolutions.weightGradient(written, x, operands.dz))).toBeUndefined();
      }
    }
  });

  test("a weight that is not finite shows in the gradient by every input whose place has the phase of its tap", () => {
    for (const special of specials) {
      for (const [size, stride, padding] of [3, 5].flatMap((one) =>
        [1, 2, 3].flatMap((two) => [0, 1].map((three) => [one, two, three] as const)),
      )) {
        for (const tap of [0, size - 1]) {
          const shape = shapeOf({ n: 1, channels: 1, filters: 1, size, stride, padding });
          const operands = randomOperands(shape);
          operands.w.fill(0);
          operands.w[tap * size + tap] = special;
          operands.dz.fill(0);
          const spoilt = products(kernels, shape, operands).inputGradient.map((value) => (Number.isNaN(value) ? 1 : 0));
          const expected = spoilt.map((__, k) => {
            const [y, x] = [Math.floor(k / shape.width), k % shape.width];
            return (y + padding - tap) % stride === 0 && (x + padding - tap) % stride === 0 ? 1 : 0;
          });
          expect(spoilt, textOf(shape)).toEqual(expected);
        }
      }
    }
  });
});

describe.each(implementations)("%s: laws", (_, kernels) => {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const integers = (length: number, seed: number): Float64Array => roundingValues(length, seed).map((value) => Math.round(value) % 8);

  test("both gradients are adjoint to the product: <z(x, w), d> = <x, dx(d, w)> = <w, dw(x, d)>, exactly for small integers", () => {
    let seed = 1;
    for (const size of [1, 2, 3, 5])
      for (const stride of [1, 2, 3])
        for (const padding of [0, 1, 2]) {
          const shape = shapeOf({ n: 3, channels: 5, height: 11, width: 10, filters: 6, size, stride, padding });
          const { x, w, z } = lengthsOf(shape);
          const operands = { x: integers(x, seed++), w: integers(w, seed++), dz: integers(z, seed++) };
          const { forward, inputGradient, weightGradient } = products(kernels, shape, operands);
          const value = dot(forward, operands.dz);
          expect(value).not.toBe(0);
          expect(dot(inputGradient, operands.x), textOf(shape)).toBe(value);
          expect(dot(weightGradient, operands.w), textOf(shape)).toBe(value);
        }
  });

  test("a filter as large as the image is a dense layer, and a filter of size 1 a dense layer at every pixel", () => {
    const shape = shapeOf({ n: 4, channels: 3, height: 5, width: 5, filters: 7, size: 5, padding: 0 });
    const { x, w } = randomOperands(shape);
    const dense = naiveProduct({ rows: 4, columns: 7, steps: 75, a: (i, k) => x[i * 75 + k]!, b: (k, f) => w[f * 75 + k]! });
    expect(firstDifference(products(kernels, shape, randomOperands(shape)).forward, dense)).toBeUndefined();

    const pixels = shapeOf({ n: 1, channels: 3, height: 2, width: 5, filters: 7, size: 1, padding: 0 });
    const operands = randomOperands(pixels);
    const each = naiveProduct({
      rows: 7,
      columns: 10,
      steps: 3,
      a: (f, c) => operands.w[f * 3 + c]!,
      b: (c, p) => operands.x[c * 10 + p]!,
    });
    expect(firstDifference(products(kernels, pixels, operands).forward, each)).toBeUndefined();
  });

  test("a difference of neighbours, by hand", () => {
    const shape = shapeOf({ n: 1, channels: 1, height: 1, width: 4, filters: 1, size: 2, stride: 2, padding: 1 });
    const operands = { x: Float64Array.of(1, 4, 9, 16), w: Float64Array.of(0, 0, -1, 1), dz: Float64Array.of(1, 10, 100) };
    // padded rows 0, (0 1 4 9 16 0), 0: the filter's second row meets the image in no output row but the first, whose rows are 0 and 1
    expect(products(kernels, shape, operands)).toEqual({
      forward: Float64Array.of(1, 5, -16),
      inputGradient: Float64Array.of(1, -10, 10, -100),
      weightGradient: Float64Array.of(0, 0, 4 * 10 + 16 * 100, 1 + 9 * 10),
    });
  });
});
