import { readFileSync } from "node:fs";
import { type Norm, normOf, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { type BoundedNorm, boundedNorm, lowerBound, matrixAtoms, smallestCombination, upperBound } from "../../src/index.js";
import { kernels } from "../support/kernels.js";

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly X: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly margins: Readonly<Record<string, { readonly gamma: number }>>;
  }[];
}
const golden = JSON.parse(readFileSync(new URL("../../../core/test/golden/maxmargin_linear.json", import.meta.url), "utf8")) as Golden;

const onRow = (norm: Norm, size: number): BoundedNorm => boundedNorm(norm, kernels, [{ offset: 0, rows: 1, columns: size }]);
const exact = ["l1", "l2", "linf"] as const;

describe.each(exact)("the smallest combination in %s", (id) => {
  test.each(golden.cases)("brackets the largest margin of $name", async ({ X, y, margins }) => {
    const size = X[0]!.length;
    const norm = onRow(norms[id], size);
    const atoms = matrixAtoms(Float64Array.from(X.flatMap((row, i) => row.map((value) => value * y[i]!))), size);
    const { lower, upper, theta, lambda, closed, proven } = await smallestCombination(atoms, norm);
    const { gamma } = margins[id]!;
    expect([closed, proven]).toEqual([true, true]);
    expect(upper - lower).toBeLessThan(1e-9 * gamma);
    expect(Math.abs(lower - gamma)).toBeLessThan(id === "l2" ? 1e-9 : 1e-7); // those of l1 and linf are answers of HiGHS
    // the points alone give the bounds
    expect(lowerBound(atoms, norm, theta)).toBeGreaterThan(lower * (1 - 1e-14));
    expect(upperBound(atoms, norm, lambda)).toBeLessThan(upper * (1 + 1e-14));
  });

  const answer = async (rows: number[][]): Promise<[number, number]> => {
    const size = rows[0]!.length;
    const { lower, upper } = await smallestCombination(matrixAtoms(Float64Array.from(rows.flat()), size), onRow(norms[id], size));
    return [lower, upper];
  };

  test("duplicates, one row, and rows of 1e-150 and of 1e150", async () => {
    for (const [rows, values] of [
      [[[3, 4]], { l1: 4, l2: 5, linf: 7 }],
      [
        [
          [1, 0],
          [0, 1],
          [1, 0],
          [0, 1],
        ],
        { l1: 0.5, l2: Math.SQRT1_2, linf: 1 },
      ],
      [
        [
          [3e-150, 4e-150],
          [3e-150, 4e-150],
        ],
        { l1: 4e-150, l2: 5e-150, linf: 7e-150 },
      ],
      [
        [
          [3e150, 4e150],
          [4e150, 3e150],
        ],
        { l1: 3.5e150, l2: 3.5e150 * Math.SQRT2, linf: 7e150 },
      ],
      [
        [
          [1, 1e-6],
          [-1, 1e-6],
        ],
        { l1: 1e-6, l2: 1e-6, linf: 1e-6 },
      ],
    ] as [number[][], Record<string, number>][]) {
      const [lower, upper] = await answer(rows);
      expect(lower / values[id]! - 1).toBeLessThan(2e-16);
      expect(upper / values[id]! - 1).toBeGreaterThan(-2e-16);
      expect(upper / lower - 1).toBeLessThan(1e-12);
    }
  });

  test("a margin of 1e-12 of the rows is positive, though HiGHS drops such coefficients", async () => {
    const [lower, upper] = await answer([
      [1, 1e-12],
      [-1, 1e-12],
    ]);
    expect(lower).toBeGreaterThan(0.99e-12);
    expect(upper).toBeLessThan(1.01e-12);
  });

  test("0 below and nothing but rounding above where the origin is a combination", async () => {
    for (const rows of [
      [
        [1, 2],
        [0, 0],
      ],
      [
        [1, 1],
        [-1, -1],
      ],
      [
        [1, 0],
        [-1, 1e-3],
        [0.5, -1],
      ],
    ]) {
      const [lower, upper] = await answer(rows);
      expect(lower).toBe(0);
      expect(upper).toBeGreaterThan(0);
      expect(upper).toBeLessThan(1e-15);
    }
  });
});

test.each(["nuclear", "spectral", { lp: 3 }] as const)(
  "of rows of one entry in %j, from a direction that is the best, is the shortest row",
  async (id) => {
    const atoms = matrixAtoms(Float64Array.of(200, 100, 100), 1);
    for (const start of [-2, 1, 2]) {
      const { lower, upper, lambda, closed } = await smallestCombination(atoms, onRow(normOf(id), 1), {
        start: { theta: Float64Array.of(start) },
      });
      expect([lower <= 100, upper >= 100, upper - lower < 1e-9, closed, lambda[0]]).toEqual([true, true, true, true, 0]);
    }
  },
);
