import { describe, expect, test } from "vitest";
import { contradictionsOf, contradictionText, type LabelledData } from "../../src/index.js";

const data = (rows: readonly (readonly number[])[], labels: readonly number[]): LabelledData => ({
  inputs: Float64Array.from(rows.flat()),
  labels,
  inputDim: rows[0]!.length,
});

test("of several classes, samples of one direction contradict where their labels differ, whatever these are", () => {
  const several = {
    ...data(
      [
        [1, 2],
        [2, 4],
        [1, 2],
        [3, 1],
        [0.5, 1],
      ],
      [2, 0, 2, 1, 1],
    ),
    classes: 3,
  };
  const found = contradictionsOf(several);
  expect(found).toEqual({
    zero: [],
    opposed: [
      [0, 1],
      [1, 2],
      [0, 4],
    ],
  });
  expect(contradictionText(found, several)).toMatch(/^samples 0 and 1 lie in one direction from zero and have different labels; /);
});

describe("samples that no network without biases can separate", () => {
  test.each([
    [
      "nothing",
      [
        [1, 2],
        [2, 1],
        [-1, -2],
      ],
      [1, -1, 1],
      [],
      [],
    ],
    [
      "equal samples of one label",
      [
        [1, 2],
        [1, 2],
        [3, 1],
      ],
      [1, 1, -1],
      [],
      [],
    ],
    [
      "equal samples of opposite labels",
      [
        [1, 2],
        [3, 1],
        [1, 2],
      ],
      [1, 1, -1],
      [],
      [[0, 2]],
    ],
    [
      "a zero sample",
      [
        [1, 2],
        [0, -0],
        [3, 1],
      ],
      [1, 1, -1],
      [1],
      [],
    ],
    [
      "two zero samples",
      [
        [0, 0],
        [1, 2],
        [0, 0],
      ],
      [1, 1, -1],
      [0, 2],
      [],
    ],
    [
      "a positive multiple",
      [
        [1, 2],
        [3, 6],
      ],
      [1, -1],
      [],
      [[0, 1]],
    ],
    [
      "a negative multiple is none",
      [
        [1, 2],
        [-3, -6],
      ],
      [1, -1],
      [],
      [],
    ],
    [
      "thirds: 0.1, 0.3 against 1, 3 are doubles that are no multiples",
      [
        [0.1, 0.3],
        [1, 3],
      ],
      [1, -1],
      [],
      [],
    ],
    [
      "the double nearest to 1/3 has the quotient of 1 and 3, and is none either",
      [
        [1, 1 / 3],
        [3, 1],
      ],
      [1, -1],
      [],
      [],
    ],
    [
      "0.25, 0.75 against 1, 3 are",
      [
        [0.25, 0.75],
        [1, 3],
      ],
      [1, -1],
      [],
      [[0, 1]],
    ],
    ["one coordinate has only two directions", [[1], [2], [-5]], [1, -1, -1], [], [[0, 1]]],
    [
      "the ends of the range",
      [
        [5e-324, 1e-323],
        [2 ** 1000, 2 ** 1001],
      ],
      [1, -1],
      [],
      [[0, 1]],
    ],
    [
      "one bit off",
      [
        [1, 3],
        [1, 3 + 2 ** -51],
      ],
      [1, -1],
      [],
      [],
    ],
    [
      "a negative zero is zero",
      [
        [-0, 1],
        [0, 1],
      ],
      [1, -1],
      [],
      [[0, 1]],
    ],
    [
      "every later sample of the other label",
      [
        [1, 0],
        [2, 0],
        [4, 0],
        [1, 1],
      ],
      [1, -1, -1, 1],
      [],
      [
        [0, 1],
        [0, 2],
      ],
    ],
  ] as const)("%s", (_, rows, labels, zero, opposed) => {
    expect(contradictionsOf(data(rows, labels))).toEqual({ zero, opposed });
  });

  test("are found among many, whatever the order", () => {
    const count = 4000;
    const rows = Array.from({ length: count }, (_, i) => [(i * 7919) % 4001, (i * 104729) % 3989, 1]);
    rows[3210] = [...rows[77]!];
    const labels: number[] = rows.map((_, i) => (i % 2 === 0 ? 1 : -1));
    labels[3210] = -labels[77]!;
    expect(contradictionsOf(data(rows, labels))).toEqual({ zero: [], opposed: [[77, 3210]] });
  });

  test("are named, a few of many", () => {
    const few = data(
      [
        [0, 0],
        [1, 2],
        [1, 2],
        [2, 4],
      ],
      [1, 1, -1, -1],
    );
    expect(contradictionText(contradictionsOf(few), few)).toBe(
      "sample 0 is all zero; samples 1 and 2 are equal and have opposite labels; samples 1 and 3 lie in one direction from zero and have opposite labels",
    );
    const many = data(
      [...Array.from({ length: 8 }, () => [0]), ...Array.from({ length: 9 }, () => [1])],
      [...Array(9).fill(1), ...Array(8).fill(-1)],
    );
    const text = contradictionText(contradictionsOf(many), many);
    expect(text).toMatch(/^samples 0, 1, 2, 3, 4 and 3 more are all zero; samples 8 and 9 are equal .+; 3 more pairs are like these$/);
    expect(contradictionText({ zero: [], opposed: [] }, few)).toBeUndefined();
  });
});
