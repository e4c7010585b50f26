import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Parts, prepared, preparedShape } from "../../../src/dataset/file/prepare.js";
import type { PrepareStep } from "../../../src/dataset/file/prepareStep.js";
import { runs } from "../../support/fuzz.js";

const parts = (train: number[], test: number[], inputDim: number, image?: Parts["image"]): Parts => ({
  train: Float64Array.from(train),
  test: Float64Array.from(test),
  inputDim,
  image,
});
const after = (from: Parts, ...steps: PrepareStep[]) => {
  const { train, test: held, inputDim, image } = prepared(from, steps);
  return { train: [...train], test: [...held], inputDim, image };
};

describe("each step, by hand", () => {
  test("unitInterval: by the least and largest training sample; test samples may lie outside", () => {
    expect(after(parts([2, 7, 4, 7], [6, 8], 2), "unitInterval")).toMatchObject({ train: [0, 0, 1, 0], test: [2, 0] });
  });

  test("standardize: by mean and standard deviation of the training part; a coordinate without any is 0", () => {
    expect(after(parts([1, 5, 3, 5], [5, 6], 2), "standardize")).toMatchObject({ train: [-1, 0, 1, 0], test: [3, 0] });
  });

  test("unitRows: also of numbers whose squares no double holds; a sample of zeros stays", () => {
    expect(after(parts([3, 4, 0, 0], [3e200, 4e200], 2), "unitRows")).toMatchObject({
      train: [0.6, 0.8, 0, 0],
      test: [0.6, 0.8],
    });
  });

  test("divide, constant", () => {
    expect(after(parts([255, 51], [0], 1), { divide: 255 }, { constant: 1 })).toMatchObject({
      train: [1, 1, 0.2, 1],
      test: [0, 1],
      inputDim: 2,
    });
  });

  test("dropConstant: of all samples, those of the test too", () => {
    expect(after(parts([1, 5, 9, 2, 5, 9], [1, 5, 8], 3), "dropConstant")).toMatchObject({
      train: [1, 9, 2, 9],
      test: [1, 8],
      inputDim: 2,
    });
    expect(() => after(parts([5, 5], [], 1), "dropConstant")).toThrow("dataset.prepare: every coordinate is the same in all samples");
  });

  test("pool: means over squares, channel by channel", () => {
    const image = { channels: 2, height: 2, width: 4 };
    const pixels = [0, 2, 10, 10, 4, 6, 10, 14, ...Array.from({ length: 8 }, () => 1)];
    expect(after(parts(pixels, [], 16, image), { pool: 2 })).toEqual({
      train: [3, 11, 1, 1],
      test: [],
      inputDim: 4,
      image: { channels: 2, height: 1, width: 2 },
    });
    expect(() => after(parts(pixels, [], 16), { pool: 2 })).toThrow(
      "dataset.prepare: pool averages pixels, and the samples of 16 coordinates are no images",
    );
    expect(() => after(parts(pixels, [], 16, image), { pool: 3 })).toThrow(
      "dataset.prepare: pool must divide both sides of the images, 2 x 4, got 3",
    );
  });

  test("a step that leaves the doubles is refused with the place", () => {
    expect(() => after(parts([1e300, 1], [], 1), { divide: 1e-300 })).toThrow(
      "dataset.prepare[0]: divide makes Infinity of sample 0, coordinate 0 (counted from 0)",
    );
  });
});

test("standardised training samples have mean 0 and deviation 1 up to rounding", () => {
  const table = fc
    .tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 4 }))
    .chain(([rows, width]) =>
      fc.tuple(fc.constant(width), fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: rows * width, maxLength: rows * width })),
    );
  fc.assert(
    fc.property(table, ([width, values]) => {
      const { train } = prepared(parts(values, [], width), ["standardize"]);
      const rows = values.length / width;
      for (let column = 0; column < width; column++) {
        const entries = Array.from({ length: rows }, (_, row) => train[row * width + column]!);
        const isConstant = new Set(Array.from({ length: rows }, (_, row) => values[row * width + column])).size === 1;
        // each entry is right to a few units in the last place of numbers below 64, and there are at most 9 of them
        expect(Math.abs(entries.reduce((sum, x) => sum + x, 0))).toBeLessThan(1e-11);
        expect(Math.abs(entries.reduce((sum, x) => sum + x * x, 0) - (isConstant ? 0 : rows))).toBeLessThan(1e-11);
      }
    }),
    runs(300),
  );
});

test("the shape is known without samples unless they decide it", () => {
  const image = { channels: 1, height: 4, width: 4 };
  expect(preparedShape({ inputDim: 16, image }, ["standardize", { pool: 2 }])).toEqual({
    inputDim: 4,
    image: { channels: 1, height: 2, width: 2 },
  });
  expect(preparedShape({ inputDim: 16, image }, [{ constant: 1 }])).toEqual({ inputDim: 17, image: undefined });
  expect(preparedShape({ inputDim: 16 }, ["dropConstant"])).toBeUndefined();
});
