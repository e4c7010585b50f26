import { describe, expect, test } from "vitest";
import { DefinitionError, norms, soap, steepestDescent } from "../../src/index.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

const shape = shapeOf([
  [3, 4],
  [1, 5],
]);
const ghatAt = (t: number): Float64Array => Float64Array.from({ length: shape.length }, (_, j) => Math.cos(1 + 5 * t + 1.7 * j * j));
const logRisks = [0, -0.5, -1.5, -2, -2.25];

/**
 * θ after five steps of size 0.1 from 0 at these risks, β1 = 0.9, β2 = 0.95, ε = 1e-3, by numpy 1.24.2: eigh of L and R, its vectors of eigenvalues up to
 * side · 2^-52 of the largest set to 0, the moments of the gradients themselves, no loss frame.
 */
const golden: Readonly<Record<number, readonly number[]>> = {
  1: [
    0.28555793778718225, 0.22983277447494815, -0.3060517114399549, 0.3802373679046107, 0.6826806805959975, 0.10171937605705399,
    0.8739227541720117, 0.668458465672469, 0.3033548815854797, 0.09536133434144635, -0.9016020026437265, -0.7148731021504813,
    -0.21578590334354186, -0.02293182975351113, -0.1940184561344343, -0.18813244697243042, 0.0743287904085018,
  ],
  3: [
    0.028226129549256553, 0.01793706064345886, -0.1869486634222175, 0.46378497211092773, 0.300658237248534, 0.08807460564408509,
    0.3817039146068922, 0.27253899020846795, 0.44839631985140654, 0.18438308442691387, -0.6978575781561016, -0.5992049203741681,
    -0.3015441434979011, 0.09536919877579127, -0.32507769363996997, -0.1982266743675122, -0.016992635782826795,
  ],
};

/** Eigenvectors turn by rounding over the gaps of the eigenvalues, and small second moments are divided by: two versions of numpy differ by 1e-12. */
const tolerance = 1e-10;

describe.each(hosts)("SOAP on the $host", ({ kernels }) => {
  test.each([1, 3])("with an eigenbasis every %i steps is numpy's", (period) => {
    const { theta, aim, move } = boundOptimizer(soap({ beta1: 0.9, beta2: 0.95, epsilon: 1e-3, period }), shape, kernels);
    for (const [t, logRisk] of logRisks.entries()) {
      aim(logRisk, ghatAt(t));
      move({ size: 0.1, logScale: 0 });
    }
    expect(largestDifference(theta, golden[period]!)).toBeLessThanOrEqual(tolerance);
  });

  test("without memories and with a small epsilon is spectral descent, at any risk", () => {
    const square = shapeOf([[3, 4]]);
    const g = ghatAt(0).slice(0, 12);
    const expected = boundOptimizer(steepestDescent({ norm: norms.spectral, normalized: true }), square, kernels).update(0, g);
    for (const logRisk of [0, -3000, 700]) {
      const memoryless = soap({ beta1: 0, beta2: 0, epsilon: { log: logRisk - 14 }, period: 1 });
      // ε / σ of 1e-6 / 0.3 in every singular value
      expect(largestDifference(boundOptimizer(memoryless, square, kernels).update(logRisk, g), expected)).toBeLessThanOrEqual(1e-5);
    }
  });
});

test("what is no option of it is refused", () => {
  const options = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, period: 10 };
  expect(() => soap({ ...options, period: 0 })).toThrow("period: must be an integer >= 1, got 0");
  expect(() => soap({ ...options, beta2: 1 })).toThrow(DefinitionError);
  expect(() => soap({ ...options, precondition_frequency: 10 } as never)).toThrow('soap: unknown option "precondition_frequency"');
});
