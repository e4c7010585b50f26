import { describe, expect, test } from "vitest";
import { adam, DefinitionError, norms, soap, steepestDescent } from "../../src/index.js";
import golden from "../golden/soap.json" with { type: "json" };
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

const shape = shapeOf([
  [3, 4],
  [1, 5],
]);
const ghatAt = (t: number): Float64Array => Float64Array.from({ length: shape.length }, (_, j) => Math.cos(1 + 5 * t + 1.7 * j * j));

/** Eigenvectors turn by rounding over the gaps of the eigenvalues, and small second moments are divided by: two versions of numpy differ by 1e-12. */
const tolerance = 1e-10;

describe.each(hosts)("SOAP on the $host", ({ kernels }) => {
  // made by golden/soap.py with numpy 1.24.2
  test.each(golden)("$name, with a basis every $options.period steps, is numpy's", ({ options, blocks, logRisk, ghat, size, end }) => {
    const { theta, aim, move } = boundOptimizer(soap(options), shapeOf(blocks as [number, number][]), kernels);
    for (const [t, z] of logRisk.entries()) {
      aim(z, ghat[t]!);
      move({ size, logScale: 0 });
    }
    expect(largestDifference(theta, end)).toBeLessThanOrEqual(tolerance);
  });

  test.each([1, 2, 7, 100])(
    "with a basis every %i steps is Adam for diagonal gradients, whenever an entry appears and however they change places",
    (period) => {
      const square = shapeOf([[3, 4]]);
      const [beta1, beta2, epsilon] = [0.9, 0.999, 1e-12];
      const bases = boundOptimizer(soap({ beta1, beta2, epsilon, period }), square, kernels);
      const entries = boundOptimizer(adam({ beta1, beta2, epsilon }), square, kernels);
      for (let t = 0; t < 60; t++) {
        const g = new Float64Array(12);
        g[0] = 1 + Math.cos(t);
        g[5] = t < 20 ? 0 : 3 + Math.sin(3 * t); // greater than the first
        g[10] = t < 33 ? 0 : -1e-3 * (1 + (t % 5));
        // a direction is a ratio of two averages, each with an error of a few units in the last place of what entered it
        expect(largestDifference(bases.aim(-t, g), entries.aim(-t, g))).toBeLessThan(1e-12);
      }
    },
  );

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
