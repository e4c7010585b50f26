import { DataError, DefinitionError } from "@steepest/core";
import { expect, test } from "vitest";
import { maxReluMargin } from "../../src/global/maxReluMargin.js";
import golden from "../golden/reluMargins.json" with { type: "json" };
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

type Rows = readonly (readonly number[])[];
const dataOf = (rows: Rows, labels: readonly number[]) => ({ inputs: Float64Array.from(rows.flat()), inputDim: rows[0]!.length, labels });
const solved = (rows: Rows, labels: readonly number[], tolerance?: number) =>
  maxReluMargin(dataOf(rows, labels), { kernels, ...(tolerance && { tolerance }) });

const byHand: readonly (readonly [string, Rows, readonly number[], number])[] = [
  ["one sample: ½ ||x||", [[3, 4]], [-1], 2.5],
  ["one sample of one input", [[-7]], [1], 3.5],
  [
    "two on one ray: ½ of the shorter",
    [
      [3, 4],
      [6, 8],
    ],
    [1, 1],
    2.5,
  ],
  [
    "two on opposite rays, a neuron each: ½ / (1/||x₁|| + 1/||x₂||)",
    [
      [3, 4],
      [-6, -8],
    ],
    [1, -1],
    0.5 / (1 / 5 + 1 / 10),
  ],
  [
    "two on opposite rays of one label likewise",
    [
      [1, 0, 0],
      [-1, 0, 0],
    ],
    [1, 1],
    0.25,
  ],
  [
    "orthogonal, of one label: one neuron between them",
    [
      [1, 0],
      [0, 1],
    ],
    [1, 1],
    Math.SQRT1_2 / 2,
  ],
  [
    "orthogonal, of two labels",
    [
      [1, 0],
      [0, 1],
    ],
    [1, -1],
    0.25,
  ],
  [
    "60° apart, of two labels: neurons on the planes of each other",
    [
      [1, 0],
      [0.5, Math.sqrt(0.75)],
    ],
    [1, -1],
    Math.sqrt(3) / 8,
  ],
  [
    "the corners of a square by parity: ½ of ¼ √2",
    [
      [1, 1],
      [-1, -1],
      [1, -1],
      [-1, 1],
    ],
    [1, 1, -1, -1],
    Math.SQRT2 / 8,
  ],
  [
    "three axes in space, of one label",
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [1, 1, 1],
    0.5 / Math.sqrt(3),
  ],
  [
    "three axes in space, one of the other label: 1/(√2 + 1) for two and one",
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    [1, 1, -1],
    0.5 / (Math.SQRT2 + 1),
  ],
];

test.each(byHand)("%s", async (_, rows, labels, margin) => {
  const { lower, upper, closed, separable } = await solved(rows, labels);
  expect(lower).toBeLessThanOrEqual(margin * (1 + 2 ** -51)); // the expected number is rounded, too
  expect(upper).toBeGreaterThanOrEqual(margin * (1 - 2 ** -51));
  expect(upper - lower).toBeLessThanOrEqual(1e-6 * upper);
  expect({ closed, separable }).toEqual({ closed: true, separable: true });
});

/** minᵢ yᵢ f(xᵢ) / ||θ||² in plain arithmetic. */
function marginOf(rows: Rows, labels: readonly number[], hidden: ArrayLike<number>, output: ArrayLike<number>): number {
  const d = rows[0]!.length;
  const score = (x: readonly number[]) =>
    Array.from(output).reduce(
      (sum, a, j) =>
        sum +
        a *
          Math.max(
            0,
            x.reduce((s, value, i) => s + value * hidden[j * d + i]!, 0),
          ),
      0,
    );
  const square = [...Array.from(hidden), ...Array.from(output)].reduce((sum, value) => sum + value * value, 0);
  return Math.min(...rows.map((x, i) => labels[i]! * score(x))) / square;
}

test.each(golden.cases.map((entry, i) => [i, entry] as const))("case %i of SciPy", async (_, { inputs, labels, margin }) => {
  const { lower, upper, hidden, output, width, closed } = await solved(inputs, labels);
  expect(closed).toBe(true);
  expect(margin).toBeLessThanOrEqual(upper * (1 + 1e-9)); // HiGHS's margin is that of a network, evaluated in plain arithmetic
  expect(margin).toBeGreaterThan(lower * (1 - 2e-6)); // how near its neurons come in 40 rounds
  // the network is one of that margin, and no wider than the theorem of Carathéodory allows
  expect(Math.abs(marginOf(inputs, labels, hidden, output) / lower - 1)).toBeLessThan(1e-12);
  expect(width).toBeLessThanOrEqual(labels.length + 1);
});

test("no network exceeds the upper bound: random ones, and those near the best", async () => {
  for (const [seed, { inputs, labels }] of golden.cases.entries()) {
    const { upper, hidden, output } = await solved(inputs, labels);
    const next = randomNumbers(seed);
    const normal = () => next() + next() + next() - 1.5;
    for (let trial = 0; trial < 3000; trial++) {
      const scale = trial % 2 ? 10 ** (-6 * next()) : 0;
      const w = scale ? hidden.map((value) => value + scale * normal()) : Float64Array.from({ length: 16 * inputs[0]!.length }, normal);
      const a = scale ? output.map((value) => value + scale * normal()) : Float64Array.from({ length: 16 }, normal);
      expect(marginOf(inputs, labels, w, a)).toBeLessThanOrEqual(upper * (1 + 1e-14));
    }
  }
});

test("margins scale with the samples, and need neither their order nor that they differ", async () => {
  const { inputs, labels } = golden.cases[5]!;
  const { lower, upper } = await solved(inputs, labels);
  const same = (found: { readonly lower: number; readonly upper: number }, factor = 1) => {
    expect(found.lower).toBeLessThanOrEqual(upper * factor * (1 + 1e-12));
    expect(found.upper).toBeGreaterThanOrEqual(lower * factor * (1 - 1e-12));
    expect(found.upper - found.lower).toBeLessThanOrEqual(1e-6 * found.upper);
  };
  for (const factor of [1e-150, 1e150, 3]) {
    same(
      await solved(
        inputs.map((x) => x.map((value) => value * factor)),
        labels,
      ),
      factor,
    );
  }
  same(await solved([...inputs].reverse(), [...labels].reverse()));
  const longer = inputs.map((x) => x.map((value) => 8 * value)); // samples further out on the same rays never bind
  same(await solved([...inputs, ...inputs, ...longer], [...labels, ...labels, ...labels]));
  same(
    await solved(
      inputs.map(([a, b, c]) => [0, c!, 0, -a!, b!]),
      labels,
    ),
  );
  const signs = await solved(
    inputs,
    labels.map((label) => -label),
  );
  same(signs);
});

test("a bound of 1e-9 where it is asked for", async () => {
  const { inputs, labels } = golden.cases[3]!;
  const { lower, upper } = await solved(inputs, labels, 1e-8);
  expect(upper - lower).toBeLessThan(1e-8 * upper);
});

test("where no network separates, the bounds say so", async () => {
  const odd = [
    [1, 0],
    [-1, 2],
    [-1, -2],
  ].flatMap(([a, b]) => [
    [a!, b!],
    [-2 * a!, -2 * b!],
  ]);
  const cases: readonly (readonly [Rows, readonly number[]])[] = [
    [odd, [1, -1, 1, -1, 1, -1]], // f(x) - f(-x) is linear, and no linear model separates three directions around 0
    [
      [
        [1, 2],
        [2, 4],
        [0, 1],
      ],
      [1, -1, 1],
    ],
    [
      [
        [0, 0],
        [2, 4],
      ],
      [1, -1],
    ],
    [[[0]], [1]],
  ];
  for (const [rows, labels] of cases) {
    const { lower, upper, separable, width } = await solved(rows, labels);
    expect({ lower, separable, width }).toEqual({ lower: 0, separable: false, width: 0 });
    expect(upper).toBeLessThan(1e-15);
    expect(upper).toBeGreaterThanOrEqual(0);
  }
  // with the third pair the other way round a linear model, and so a network, does
  expect((await solved(odd, [1, -1, -1, 1, -1, 1])).separable).toBe(true);
});

test("refused: several classes, samples of rank 4, too many, no labels, limits that are none", async () => {
  const identity = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 1 : 0)));
  await expect(solved(identity, [1, 1, -1, -1])).rejects.toThrow("span more than 3 dimensions");
  const many = Float64Array.from({ length: 401 }, (_, i) => i + 1);
  await expect(maxReluMargin({ inputs: many, inputDim: 1, labels: Array(401).fill(1) }, { kernels })).rejects.toThrow(DefinitionError);
  await expect(maxReluMargin({ ...dataOf([[1], [2]], [0, 1]), classes: 2 }, { kernels })).rejects.toThrow(DefinitionError);
  await expect(solved([[1]], [0.5])).rejects.toThrow(DataError);
  for (const [limits, path] of [
    [{ tolerance: 0 }, "options.tolerance"],
    [{ tolerance: 1 }, "options.tolerance"],
    [{ iterations: 0.5 }, "options.iterations"],
    [{ iterations: Number.NaN }, "options.iterations"],
  ] as const)
    await expect(maxReluMargin(dataOf([[1]], [1]), { kernels, ...limits })).rejects.toMatchObject({ code: "DEFINITION", path });
});
