import { describe, expect, test } from "vitest";
import {
  branches,
  constant,
  contradictionsOf,
  contradictionText,
  conv2d,
  dense,
  type LabelledData,
  type LayersOptions,
  layers,
  losses,
  maxPool,
  norms,
  steepestDescent,
  Training,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";

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

describe("what contradicts one another depends on the network", () => {
  const mixed = data(
    [
      [0, 0],
      [1, 2],
      [2, 4],
      [1, 2],
      [0, -0],
      [-1, 1],
    ],
    [1, 1, -1, -1, -1, -1],
  );
  const everything = {
    zero: [0, 4],
    opposed: [
      [1, 2],
      [1, 3],
    ],
  };
  const onlyEqual = {
    zero: [],
    opposed: [
      [1, 3],
      [0, 4],
    ],
  };
  const last = dense({ units: 1 });
  test.each<readonly [string, Partial<LayersOptions>, number | undefined, object]>([
    ["no biases", { layers: [dense({ units: 3 }), { reluPower: 2 }, last] }, 2, everything],
    ["a convolution and pooling", { layers: [conv2d({ channels: 2, size: 1 }), "abs", maxPool({ size: 1 }), last] }, 1, everything],
    ["a bias in the first layer", { layers: [dense({ units: 3, bias: true }), "relu", last] }, undefined, onlyEqual],
    ["a frozen bias", { layers: [dense({ units: 3, bias: true, frozen: true }), "relu", last] }, undefined, onlyEqual],
    ["silu", { layers: [dense({ units: 3 }), "silu", last], homogeneity: "measured" }, undefined, onlyEqual],
    [
      "branches of one degree in the weights and two in the samples",
      {
        layers: [
          branches({
            sum: [
              [dense({ units: 3 }), { reluPower: 2 }],
              [dense({ units: 3 }), dense({ units: 3 })],
            ],
          }),
          last,
        ],
      },
      undefined,
      onlyEqual,
    ],
  ])("%s", (_name, options, degree, expected) => {
    const network = layers({ input: { channels: 1, height: 1, width: 2 }, layers: [], ...options });
    expect(network.inputDegree).toBe(degree);
    expect(contradictionsOf(mixed, network)).toEqual(expected);
  });

  test("a network with a bias separates what no network without one can", () => {
    const apart = data(
      [
        [0, 0],
        [1, 2],
        [2, 4],
      ],
      [1, -1, 1],
    );
    const network = layers({ input: 2, layers: [dense({ units: 3, bias: true }), "relu", dense({ units: 1 })] });
    expect(contradictionText(contradictionsOf(apart), apart)).toBe(
      "sample 0 is all zero; samples 1 and 2 lie in one direction from zero and have opposite labels",
    );
    expect(contradictionText(contradictionsOf(apart, network), apart)).toBeUndefined();
    // by hand: f = relu(1) - relu(u) + 4 relu(u - 4.5), u = x + y of 0, 3, 6
    const init = Float64Array.of(0, 0, 1, 1, 1, 1, 1, 0, -4.5, 1, -1, 4);
    const training = new Training(
      {
        network,
        data: apart,
        loss: losses.exponential,
        optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
        step: constant({ size: 0.1 }),
        init,
        seed: 0,
      },
      hosts[0]!,
    );
    expect(Array.from(training.scores())).toEqual([1, -2, 1]);
  });
});
