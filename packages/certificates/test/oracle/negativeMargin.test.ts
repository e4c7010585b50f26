import { type LabelledData, type NormExpression, normOf, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm, maxMargin } from "../../src/index.js";
import { kernels } from "../support/kernels.js";
import { randomNumbers } from "../support/randomNumbers.js";

const ofRows = (rows: readonly (readonly number[])[], labels: readonly number[] = rows.map(() => 1)): LabelledData => ({
  inputs: Float64Array.from(rows.flat()),
  inputDim: rows[0]!.length,
  labels: [...labels],
});

/** ± aⱼ eⱼ: the hull is a ball of a weighted sum. */
const crossed = (a: readonly number[]): number[][] =>
  a.flatMap((value, j) => [1, -1].map((sign) => a.map((_, i) => (i === j ? sign * value : 0))));

const usual: readonly NormExpression[] = ["l1", "l2", "linf", { lp: 3 }];

test("XOR: -1 in every norm, since the hull of the signed samples is the square", async () => {
  const data = ofRows(
    [
      [1, 1],
      [-1, -1],
      [1, -1],
      [-1, 1],
    ],
    [1, 1, -1, -1],
  );
  for (const norm of usual) {
    const { separable, negative } = await maxMargin(data, norm, { kernels });
    expect([separable, negative!.method]).toEqual([false, "facets"]);
    expect(negative!.lower).toBeLessThanOrEqual(-1);
    expect(negative!.upper).toBeGreaterThanOrEqual(-1);
    expect(negative!.upper - negative!.lower).toBeLessThan(1e-12);
  }
});

test("where 0 lies on a face of the hull it is 0", async () => {
  for (const rows of [
    [
      [1, 3],
      [-1, -3],
    ],
    [
      [1, 0],
      [-1, 0],
      [1, 1],
    ],
    [
      [1, 2, 0],
      [0, 0, 0],
    ],
    [
      [1, 0, 0],
      [0, 1, 0],
      [-1, -1, 0],
    ],
  ]) {
    for (const norm of usual) {
      const { negative } = await maxMargin(ofRows(rows), norm, { kernels });
      expect(negative!.upper).toBe(0);
      expect(negative!.lower).toBeGreaterThan(-1e-29);
    }
  }
});

describe.each([[[2, 3]], [[1, 2, 0.5]], [[1, 2, 0.5, 3]], [[2, 1, 4, 3, 1.5, 2.5]]])("rows ± a_j e_j, a = %s", (a) => {
  const inverse = a.map((value) => 1 / value);
  test.each([
    ["l1", 1 / inverse.reduce((x, y) => x + y), true],
    ["l2", 1 / Math.hypot(...inverse), a.length <= 3],
    ["linf", Math.min(...a), true],
  ] as const)("%s: minus the largest ball of the dual norm", async (norm, radius, isExact) => {
    const { negative } = await maxMargin(ofRows(crossed(a)), norm, { kernels });
    expect(negative!.lower).toBeLessThanOrEqual(-radius * (1 - 1e-15));
    expect(negative!.upper).toBeGreaterThanOrEqual(-radius * (1 + 1e-15));
    expect(negative!.method).toBe(a.length <= 3 ? "facets" : isExact ? "vertices" : "ascent");
    if (isExact) expect(negative!.upper - negative!.lower).toBeLessThan(1e-12);
    // the ball of ℓ∞ holds one of ℓ2 that is √p smaller
    else expect(negative!.upper).toBeLessThan((-0.99 * Math.min(...a)) / Math.sqrt(a.length));
  });
});

test("no direction has a margin above the bracket, and theta has the lower one", async () => {
  const random = randomNumbers(4);
  for (const [count, size] of [
    [9, 2],
    [12, 3],
    [24, 5],
    [40, 9],
  ] as const) {
    const rows = Array.from({ length: count }, () => Array.from({ length: size }, () => random() - 0.5));
    for (const expression of usual) {
      const { separable, negative } = await maxMargin(ofRows(rows), expression, { kernels });
      if (separable) continue;
      const norm = boundedNorm(typeof expression === "string" ? norms[expression as "l1"] : normOf(expression), kernels, [
        { offset: 0, rows: 1, columns: size },
      ]);
      const marginOf = (theta: Float64Array): number =>
        Math.min(...rows.map((row) => row.reduce((sum, value, j) => sum + value * theta[j]!, 0))) / norm.value(theta);
      const { lower, upper, theta, method } = negative!;
      expect(marginOf(theta)).toBeGreaterThan(lower - 1e-15);
      expect(marginOf(theta)).toBeLessThan(lower + 1e-12);
      for (let trial = 0; trial < 2000; trial++) {
        const direction = Float64Array.from({ length: size }, () => random() - 0.5);
        expect(marginOf(direction)).toBeLessThan(upper + 1e-15);
      }
      if (method !== "ascent") expect(upper - lower).toBeLessThan(1e-12);
    }
  }
});

test("where all samples are 0 it is 0, with a direction", async () => {
  for (const norm of usual) {
    const { separable, negative } = await maxMargin(ofRows([[0, 0]]), norm, { kernels });
    expect([separable, negative!.upper]).toEqual([false, 0]);
    expect(negative!.lower).toBeGreaterThan(-1e-300);
    expect(negative!.theta.some((value) => value !== 0)).toBe(true);
  }
});
