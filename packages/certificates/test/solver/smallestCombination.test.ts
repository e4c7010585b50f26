import { readFileSync } from "node:fs";
import { norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm, lowerBound, matrixAtoms, smallestCombination, upperBound } from "../../src/index.js";
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

const l2Of = (size: number) => boundedNorm(norms.l2, kernels, [{ offset: 0, rows: 1, columns: size }]);

describe("the smallest combination in l2", () => {
  test.each(golden.cases)("brackets the largest margin of $name", async ({ X, y, margins }) => {
    const size = X[0]!.length;
    const atoms = matrixAtoms(Float64Array.from(X.flatMap((row, i) => row.map((value) => value * y[i]!))), size);
    const { lower, upper, theta, lambda, closed, proven } = await smallestCombination(atoms, l2Of(size));
    const { gamma } = margins["l2"]!;
    expect([closed, proven]).toEqual([true, true]);
    expect(upper - lower).toBeLessThan(1e-9 * gamma);
    expect(Math.abs(lower - gamma)).toBeLessThan(1e-9);
    // the points alone give the bounds
    expect(lowerBound(atoms, l2Of(size), theta)).toBeGreaterThan(lower * (1 - 1e-14));
    expect(upperBound(atoms, l2Of(size), lambda)).toBeLessThan(upper * (1 + 1e-14));
  });

  test("duplicates, rows of very different lengths, one row and a row of zeros", async () => {
    const answer = async (rows: number[][]) => {
      const bracket = await smallestCombination(matrixAtoms(Float64Array.from(rows.flat()), rows[0]!.length), l2Of(rows[0]!.length));
      return [bracket.lower, bracket.upper];
    };
    for (const [rows, exact] of [
      [[[3, 4]], 5],
      [
        [
          [1, 0],
          [0, 1],
          [1, 0],
          [0, 1],
        ],
        Math.SQRT1_2,
      ],
      [
        [
          [1e-150, 0],
          [0, 1e150],
        ],
        1e-150,
      ],
      [
        [
          [3e-150, 4e-150],
          [3e-150, 4e-150],
        ],
        5e-150,
      ],
      [
        [
          [3e150, 4e150],
          [4e150, 3e150],
        ],
        3.5e150 * Math.SQRT2,
      ],
    ] as [number[][], number][]) {
      const [lower, upper] = await answer(rows);
      expect(lower).toBeLessThanOrEqual(exact);
      expect(upper).toBeGreaterThanOrEqual(exact);
      expect(upper! / lower! - 1).toBeLessThan(1e-12);
    }
    expect(
      await answer([
        [1, 2],
        [0, 0],
      ]),
    ).toEqual([0, expect.closeTo(0, 300)]);
    const [lower, upper] = await answer([
      [1, 0],
      [-1, 1e-3],
      [0.5, -1],
    ]); // the origin is inside
    expect(lower).toBe(0);
    expect(upper).toBeLessThan(1e-15);
  });
});
