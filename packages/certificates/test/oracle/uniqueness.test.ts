import { drawNormal, type LabelledData, type Norm, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm, matrixAtoms, maxMargin, smallestCombination } from "../../src/index.js";
import { uniquenessOf } from "../../src/oracle/uniqueness.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

/** The maximisers of min <Zₖ, W> over the 2 x 2 matrices of a ball, as far as they are known. */
async function maximisers(norm: Norm, rows: readonly (readonly number[])[]) {
  const atoms = matrixAtoms(Float64Array.from(rows.flat()), 4);
  const bounded = boundedNorm(norm, kernels, [{ offset: 0, rows: 2, columns: 2 }]);
  const bracket = await smallestCombination(atoms, bounded);
  const found = await uniquenessOf(atoms, bounded, bracket, { tolerance: 1e-6, breathe: async () => {} });
  const margin = found.other && Math.min(...rows.map((row) => row.reduce((sum, value, j) => sum + value * found.other![j]!, 0)));
  return { ...found, bracket, margin };
}

describe("maximisers over matrices", () => {
  test("in the spectral norm fill what z leaves free: of one entry, all that is beside it", async () => {
    const { unique, distance, margin, bracket } = await maximisers(norms.spectral, [[1, 0, 0, 0]]);
    expect(unique).toBe(false);
    expect(distance).toBeGreaterThan(0.4);
    expect(margin).toBeGreaterThan(bracket.upper * (1 - 1e-9));
  });

  test("in the spectral norm are one where z has full rank", async () => {
    // λ = (1/2, 1/2), z = I/2: W = I alone has <z, W> = 1
    expect(await maximisers(norms.spectral, [[1, 0, 0, 0], [0, 0, 0, 1]])).toMatchObject({ unique: true }); // biome-ignore format: a pair
  });

  test("in the nuclear norm are a segment where rows leave a direction of the face free", async () => {
    // z = I, the face is {S symmetric, positive, trace 1}, and both rows say S₁₂ = 0 only: diag(t, 1 - t)
    const { unique, other, distance, margin, bracket } = await maximisers(norms.nuclear, [
      [1, 1, 1, 1],
      [1, -1, -1, 1],
    ]);
    expect(bracket.upper).toBeCloseTo(1, 8);
    expect(unique).toBe(false);
    expect(distance).toBeGreaterThan(0.1);
    expect(margin).toBeGreaterThan(1 - 1e-9);
    expect(Math.abs(other![1]!) + Math.abs(other![2]!)).toBeLessThan(1e-4);
  });

  test("in the nuclear norm are one where rows hold it, and where it has one direction only", async () => {
    // S₁₁ and S₂₂ at least 1/2 each: the multipliers of all rows may be positive, and those of the last two are
    const held = [
      [2, 0, 0, 0],
      [0, 0, 0, 2],
      [1, 1, 1, 1],
      [1, -1, -1, 1],
    ];
    expect((await maximisers(norms.nuclear, held)).unique).not.toBe(false);
    // tr S = 1 and three rows of their own make S = I/2 the only answer
    const corners = [[1, 0, 0, 0], [0, 0, 0, 1], [0.5, 0.5, 0.5, 0.5], [0.5, -0.5, -0.5, 0.5]]; // biome-ignore format: four rows
    const pinned = await maximisers(norms.nuclear, corners);
    expect(pinned.bracket.theta[0]!).toBeCloseTo(0.5, 5);
    expect(pinned.unique).not.toBe(false);
    expect((await maximisers(norms.nuclear, [[3, 1, 0, 0]])).unique).toBe(true);
  });

  test("that are found twice within the width of the bracket are not told apart", async () => {
    const nearly = [
      [1, 1, 1, 1],
      [1, -1, -1, 1 - 1e-3],
    ];
    expect((await maximisers(norms.nuclear, nearly)).unique).not.toBe(false);
  });
});

/** Samples with the class of their largest score under drawn weights. */
function drawnClasses(classes: number, inputDim: number, count: number, seed: number): LabelledData {
  const [inputs, weights] = [1, 2].map((stream) =>
    drawNormal(kernels, { seed, stream, count: stream === 1 ? count * inputDim : classes * inputDim }),
  ) as [Float64Array, Float64Array];
  const score = (i: number, c: number): number => {
    let sum = 0;
    for (let j = 0; j < inputDim; j++) sum += weights[c * inputDim + j]! * inputs[i * inputDim + j]!;
    return sum;
  };
  const labels = Array.from({ length: count }, (_, i) => {
    const scores = Array.from({ length: classes }, (_, c) => score(i, c));
    return scores.indexOf(Math.max(...scores));
  });
  return { inputs, labels, inputDim, classes };
}

/** min over samples and other classes of s_y - s_j, by plain loops. */
function marginOf({ inputs, labels, inputDim, classes }: LabelledData, w: Float64Array): number {
  const score = (i: number, c: number): number => {
    let sum = 0;
    for (let j = 0; j < inputDim; j++) sum += w[c * inputDim + j]! * inputs[i * inputDim + j]!;
    return sum;
  };
  return Math.min(
    ...Array.from(labels).flatMap((y, i) => Array.from({ length: classes! }, (_, c) => (c === y ? Infinity : score(i, y) - score(i, c)))),
  );
}

describe("the maximiser of linear models", () => {
  const twoClasses: LabelledData = { inputs: Float64Array.of(1, 2, 2, 1, -1, 0.5), labels: [1, 1, -1], inputDim: 2 };

  test.each(["spectral", "nuclear", "rowMax", "rowSum"] as const)("of two classes is one in %s, which is l2 of one row", async (id) => {
    const answer = await maxMargin(twoClasses, id, { kernels });
    expect(answer.uniqueness).toEqual({ unique: true });
    expect(answer.upper).toBeCloseTo((await maxMargin(twoClasses, "l2", { kernels })).upper, 5);
  });

  test.each([
    [3, 2, 20],
    [3, 6, 30],
    [5, 3, 40],
  ])(
    "of %i classes in %i columns is not the only one in the spectral norm: a common row changes no margin",
    async (classes, inputDim, count) => {
      const data = drawnClasses(classes, inputDim, count, 5);
      const { uniqueness, theta, upper } = await maxMargin(data, "spectral", { kernels });
      expect(uniqueness!.unique).toBe(false);
      expect(uniqueness!.distance).toBeGreaterThan(0.1);
      const other = uniqueness!.other!;
      expect(marginOf(data, other)).toBeGreaterThan(upper * (1 - 1e-6)); // the tolerance of the bracket
      const norm = boundedNorm(norms.spectral, kernels, [{ offset: 0, rows: classes, columns: inputDim }]);
      expect(norm.value(other)).toBeLessThan(1 + 1e-12);
      expect(norm.value(other.map((value, j) => value - theta[j]!))).toBeCloseTo(uniqueness!.distance!, 12);
    },
  );

  test.each([
    [3, 6, 30],
    [5, 3, 40],
    [4, 4, 12],
  ])(
    "of %i classes in %i columns is the only one in the nuclear norm, whatever the start of the search",
    async (classes, inputDim, count) => {
      const data = drawnClasses(classes, inputDim, count, 5);
      const { uniqueness, theta } = await maxMargin(data, "nuclear", { kernels });
      expect(uniqueness).toEqual({ unique: true });
      const start = { theta: drawNormal(kernels, { seed: 6, stream: 3, count: classes * inputDim }) };
      const again = await maxMargin(data, "nuclear", { kernels, start, tolerance: 1e-9 });
      expect(Math.hypot(...again.theta.map((value, j) => value - theta[j]!))).toBeLessThan(2e-3);
    },
  );
});

describe("linf over so many columns that those at their ends are set apart", () => {
  const [count, size] = [12, 1100];
  const ofColumns = (value: (k: number, j: number) => number) => ({
    inputs: Float64Array.from({ length: count * size }, (_, at) => value(Math.floor(at / size), at % size)),
    inputDim: size,
    labels: new Array<number>(count).fill(1),
  });

  test("one direction where every column has a price, whatever the rows", async () => {
    const next = randomNumbers(5);
    const { uniqueness, lower, theta } = await maxMargin(
      ofColumns(() => 0.5 + next()),
      "linf",
      { kernels },
    );
    expect(uniqueness).toEqual({ unique: true });
    expect(theta.every((value) => value === 1)).toBe(true);
    expect(lower).toBeGreaterThan(0.5 * size);
  });

  test("another one where a column has none: it goes from end to end", async () => {
    const next = randomNumbers(6);
    const { uniqueness, upper } = await maxMargin(
      ofColumns((_, j) => (j === 700 ? 0 : 0.5 + next())),
      "linf",
      { kernels },
    );
    expect(uniqueness!.unique).toBe(false);
    expect(uniqueness!.distance).toBeGreaterThanOrEqual(1);
    expect(Math.abs(uniqueness!.other![700]!)).toBeLessThanOrEqual(1);
    expect(uniqueness!.other!.every((value, j) => j === 700 || value > 1 - 1e-4)).toBe(true);
    expect(upper).toBeGreaterThan(0);
  });
});

test.each(["rowMax", "rowSum", "colMax", "colSum", "spectral", "nuclear"] as const)(
  "a second direction in %s is another one than the first",
  async (id) => {
    for (let seed = 1; seed <= 12; seed++) {
      const next = randomNumbers(seed);
      const [count, inputDim, classes] = [3 + (seed % 5), 2 + (seed % 3), 3];
      const labels = Array.from({ length: count }, (_, i) => i % classes);
      const inputs = Float64Array.from({ length: count * inputDim }, () => 10 ** Math.round(4 * next()) * (next() - 0.5));
      const { lower, theta, uniqueness } = await maxMargin({ inputs, inputDim, labels, classes }, id, { kernels });
      if (!(lower > 0) || uniqueness?.unique !== false) continue;
      const unit = (x: Float64Array): Float64Array => x.map((value) => value / Math.hypot(...x));
      const apart = Math.hypot(...unit(theta).map((value, j) => value - unit(uniqueness.other!)[j]!));
      expect(apart, `seed ${seed}`).toBeGreaterThan(1e-5);
    }
  },
);

test("one direction in rowMax is not found a second time", async () => {
  const data = { inputs: Float64Array.of(0, -2, 1.5, 2), inputDim: 2, labels: [0, 1], classes: 3 };
  const { theta, uniqueness } = await maxMargin(data, "rowMax", { kernels });
  const other = uniqueness!.other;
  if (other)
    expect(Math.hypot(...other.map((value, j) => value / Math.hypot(...other) - theta[j]! / Math.hypot(...theta)))).toBeGreaterThan(1e-5);
  expect(uniqueness!.unique === false).toBe(other !== undefined);
});
