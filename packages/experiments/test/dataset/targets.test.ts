import type { TargetData } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type DatasetDefinition, drawData, freshSamples } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const draw = async (choice: DatasetDefinition, seed = 0) => {
  const drawn = await drawData(choice, seed, { kernels: binary, files: noFiles });
  return { train: drawn.train as TargetData, test: drawn.test as TargetData | undefined };
};

type Matrix = number[][];

const transposed = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));
const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, entry, k) => sum + entry * b[k]![j]!, 0)));
const rowsOf = (entries: Float64Array, width: number): Matrix =>
  Array.from({ length: entries.length / width }, (_, i) => [...entries.subarray(i * width, (i + 1) * width)]);

/** Coefficients of det(x I - A), x^n first, by Faddeev and LeVerrier. */
function characteristic(a: Matrix): number[] {
  const n = a.length;
  const coefficients = [1];
  let m: Matrix = a.map((row) => row.map(() => 0));
  for (let k = 1; k <= n; k++) {
    m = product(a, m).map((row, i) => row.map((entry, j) => entry + (i === j ? coefficients[k - 1]! : 0)));
    const trace = product(a, m).reduce((sum, row, i) => sum + row[i]!, 0);
    coefficients.push(-trace / k);
  }
  return coefficients;
}

/** Coefficients of the polynomial with these roots. */
function withRoots(roots: readonly number[]): number[] {
  let p = [1];
  for (const root of roots) p = [...p, 0].map((entry, k) => entry - (k > 0 ? root * p[k - 1]! : 0));
  return p;
}

describe.each([
  [[3, 2, 1], 5, 4],
  [[1], 3, 6],
  [[2, 2, 0.5], 3, 3],
] as const)("a matrix of the singular values %j, %d x %d", (singularValues, rows, columns) => {
  const choice = { kind: "matrixFactorization", rows, columns, singularValues: [...singularValues] } as const;

  test("is what the targets of the unit vectors hold, column by column", async () => {
    const { train } = await draw(choice);
    expect(train).toMatchObject({ inputDim: columns, outputs: rows });
    expect(rowsOf(train.inputs, columns)).toEqual(
      Array.from({ length: columns }, (_, k) => Array.from({ length: columns }, (__, j) => (j === k ? 1 : 0))),
    );
    const other = await draw(choice, 1);
    expect(other.train.targets).not.toEqual(train.targets);
  });

  test("has them: M Mᵀ has their squares as eigenvalues, and 0", async () => {
    const matrix = transposed(rowsOf((await draw(choice)).train.targets, rows));
    const found = characteristic(product(matrix, transposed(matrix)));
    const expected = withRoots([...singularValues.map((s) => s * s), ...Array(rows - singularValues.length).fill(0)]);
    for (const [k, coefficient] of expected.entries())
      expect(Math.abs(found[k]! - coefficient)).toBeLessThan(1e-12 * singularValues[0] ** (2 * k));
  });
});

/** The least squares solution of inputs W = targets, by Gauss on the normal equations. */
function leastSquares({ inputs, inputDim, targets, outputs }: TargetData): Matrix {
  const [x, t] = [rowsOf(inputs, inputDim), rowsOf(targets, outputs)];
  const a = product(transposed(x), x).map((row, i) => [...row, ...product(transposed(x), t)[i]!]);
  for (let k = 0; k < inputDim; k++) {
    for (let i = 0; i < inputDim; i++) {
      if (i === k) continue;
      const factor = a[i]![k]! / a[k]![k]!;
      a[i] = a[i]!.map((entry, j) => entry - factor * a[k]![j]!);
    }
  }
  return a.map((row, i) => row.slice(inputDim).map((entry) => entry / row[i]!));
}

const squares = (a: Matrix): number => a.flat().reduce((sum, entry) => sum + entry * entry, 0);

describe("targets of a linear teacher", () => {
  const teacher = {
    kind: "linearTeacher",
    inputDim: 6,
    outputs: 3,
    singularValues: [2, 1],
    noise: 0,
    trainSize: 30,
    testSize: 40,
  } as const;

  test("are linear in the inputs, training and test targets by one matrix of the stated singular values", async () => {
    const { train, test } = await draw(teacher);
    const [w, v] = [leastSquares(train), leastSquares(test!)];
    expect(squares(w.map((row, i) => row.map((entry, j) => entry - v[i]![j]!)))).toBeLessThan(1e-24);
    const found = characteristic(product(transposed(w), w));
    for (const [k, coefficient] of withRoots([4, 1, 0]).entries()) expect(found[k]).toBeCloseTo(coefficient, 11);
  });

  test("have the noise that is stated in training, and none in the test", async () => {
    const noisy = await draw({ ...teacher, noise: 0.5, trainSize: 4000 });
    const clean = await draw({ ...teacher, trainSize: 4000 });
    expect(noisy.test).toEqual(clean.test);
    expect(noisy.train.inputs).toEqual(clean.train.inputs);
    const noise = noisy.train.targets.map((t, i) => t - clean.train.targets[i]!);
    const variance = noise.reduce((sum, e) => sum + e * e, 0) / noise.length;
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / noise.length)); // five deviations of a mean of squares
    const fresh = freshSamples({ ...teacher, noise: 0.5 }, 0, 4, { kernels: twin })!;
    const freshClean = freshSamples(teacher, 0, 4, { kernels: twin })!;
    const [first, second] = [structuredClone(fresh(0)), structuredClone(fresh(1))] as [TargetData, TargetData];
    expect(first.inputs).toEqual(freshClean(0).inputs);
    expect(first.targets[0]! - (freshClean(0) as TargetData).targets[0]!).not.toBe(
      second.targets[0]! - (freshClean(1) as TargetData).targets[0]!,
    );
  });
});

test("measurements of a matrix are inner products with it: as many as it has entries give it back", async () => {
  const size = { rows: 3, columns: 4, singularValues: [2, 1] };
  const sensing = await draw({ kind: "matrixSensing", ...size, noise: 0, trainSize: 60, testSize: 5 });
  const completion = await draw({ kind: "matrixCompletion", ...size, noise: 0, trainSize: 12, testSize: 0 });
  const matrix = (await draw({ kind: "matrixFactorization", ...size })).train.targets; // column by column
  const entries = leastSquares(sensing.train).flat();
  const places = rowsOf(completion.train.inputs, 12).map((row) => row.indexOf(1));
  expect([...places].sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
  for (const [i, place] of places.entries()) {
    const entry = matrix[(place % 4) * 3 + Math.floor(place / 4)]!;
    expect(completion.train.targets[i]).toBe(entry);
    expect(entries[place]).toBeCloseTo(entry, 12);
  }
});

test("test entries of a completion are none of its training entries", async () => {
  const { train, test } = await draw({
    kind: "matrixCompletion",
    rows: 5,
    columns: 4,
    singularValues: [1],
    noise: 0.1,
    trainSize: 12,
    testSize: 8,
  });
  const places = [train, test!].flatMap(({ inputs }) => rowsOf(inputs, 20).map((row) => row.indexOf(1)));
  expect(places.sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
});
