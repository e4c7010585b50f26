import { arrayNorm, lp, norms } from "@steepest/core";
import { createEngine } from "@steepest/node";
import { expect, test } from "vitest";
import { maxMargin } from "../../../src/check/family/maxMargin.js";

const { kernels } = await createEngine();

/** yᵢ xᵢ = (2, 1), (1, 2), (4, 3): by symmetry the best direction is (1, 1) in every norm that two coordinates enter alike. */
const data = { inputs: Float64Array.of(2, 1, -1, -2, 4, 3), inputDim: 2, labels: [1, -1, 1] };

/** 3 / ||(1, 1)||, with θ one row. */
const byHand = {
  l1: 1.5,
  l2: 3 / Math.SQRT2,
  linf: 3,
  spectral: 3 / Math.SQRT2,
  nuclear: 3 / Math.SQRT2,
  rowMax: 3 / Math.SQRT2,
  rowSum: 3 / Math.SQRT2,
  colMax: 3,
  colSum: 1.5,
} as const;

const oneRow = (length: number) => [{ offset: 0, rows: 1, columns: length }];

test.each(Object.entries(byHand))("in %s the largest margin is that worked by hand", (id, expected) => {
  const { norm } = arrayNorm(norms[id as keyof typeof byHand], kernels, oneRow);
  expect(Math.abs(maxMargin(data, norm) / expected - 1)).toBeLessThan(8 * Number.EPSILON);
});

test("away from the diagonal it is the vertex where two samples tie, or the point of the ball below one", () => {
  const lopsided = { inputs: Float64Array.of(3, 0, 0, 1), inputDim: 2, labels: [1, 1] }; // min(3u, v)
  const { norm } = arrayNorm(lp(3), kernels, oneRow);
  expect(Math.abs(maxMargin(lopsided, norm) / (1 + 1 / 27) ** (-1 / 3) - 1)).toBeLessThan(64 * Number.EPSILON); // (1/3, 1), scaled to norm 1; roundings of the turn, about 1, count 4 times against u = 1/4
  const alone = { inputs: Float64Array.of(3, 4), inputDim: 2, labels: [1] };
  expect(Math.abs(maxMargin(alone, arrayNorm(norms.l2, kernels, oneRow).norm) / 5 - 1)).toBeLessThan(8 * Number.EPSILON);
});
