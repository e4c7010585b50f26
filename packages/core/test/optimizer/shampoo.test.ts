import { describe, expect, test } from "vitest";
import { norms, type ShampooExponent, shampoo, steepestDescent } from "../../src/index.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";

const sizes = [
  [3, 4],
  [4, 2],
  [1, 5],
  [1, 1],
] as const;
const shape = shapeOf(sizes);
const ghatAt = (t: number): Float64Array => Float64Array.from({ length: shape.length }, (_, j) => Math.cos(1 + 5 * t + 1.7 * j * j));

const accumulating = (exponent: ShampooExponent, epsilon = 0) => shampoo({ exponent, accumulate: true, epsilon });
const spectralDescent = steepestDescent({ norm: norms.spectral, normalized: true });

/** Eigenvalues of G Gᵀ carry an error of a few ε σ₁², so their roots one of ε (σ₁ / σₖ)²; these matrices have σ₁ / σₖ < 20. */
const polarTolerance = 1e-12;

describe.each(hosts)("Shampoo on the $host", ({ kernels }) => {
  test("without accumulation is spectral descent, bit for bit", () => {
    const spectral = boundOptimizer(spectralDescent, shape, kernels);
    const memoryless = boundOptimizer(shampoo({ exponent: "quarter", accumulate: false, epsilon: 0 }), shape, kernels);
    for (const [t, logRisk] of [0, -3000, 700].entries()) {
      expect(memoryless.update(logRisk, ghatAt(t))).toEqual(spectral.update(logRisk, ghatAt(t)));
    }
  });

  test.each(["quarter", "sequentialHalf"] as const)(
    "the first accumulating step, %s, is that of spectral descent, at any risk",
    (exponent) => {
      for (const [t, logRisk] of [0, -3000, 700].entries()) {
        const expected = boundOptimizer(spectralDescent, shape, kernels).update(0, ghatAt(t));
        const actual = boundOptimizer(accumulating(exponent), shape, kernels).update(logRisk, ghatAt(t));
        expect(largestDifference(actual, expected)).toBeLessThanOrEqual(polarTolerance * largestEntry(expected));
      }
    },
  );

  test("a risk that rises by more than binary64 can hold forgets what came before", () => {
    const { update } = boundOptimizer(accumulating("quarter"), shape, kernels);
    for (const [t, logRisk] of [-5000, -4000, 0].entries()) {
      const expected = boundOptimizer(spectralDescent, shape, kernels).update(0, ghatAt(t));
      expect(largestDifference(update(logRisk, ghatAt(t)), expected)).toBeLessThanOrEqual(polarTolerance * largestEntry(expected));
    }
  });

  test("the same gradient again and again: t^-2a of the first step", () => {
    for (const [exponent, a] of [
      ["quarter", 1 / 4],
      ["half", 1 / 2],
    ] as const) {
      const { update } = boundOptimizer(accumulating(exponent), shape, kernels);
      const first = update(-2, ghatAt(0));
      for (let t = 2; t < 8; t++) {
        const expected = first.map((entry) => entry / t ** (2 * a));
        expect(largestDifference(update(-2, ghatAt(0)), expected)).toBeLessThanOrEqual(10 * polarTolerance * largestEntry(first));
      }
    }
  });

  test("sequentialHalf, the same gradient again and again: L = t G Gᵀ, so H = U Vᵀ / √t and R = (1 + 1/2 + ... + 1/t) V Vᵀ", () => {
    const { update } = boundOptimizer(accumulating("sequentialHalf"), shape, kernels);
    const first = update(-2, ghatAt(0));
    let harmonic = 1;
    for (let t = 2; t < 8; t++) {
      harmonic += 1 / t;
      const expected = first.map((entry) => entry / Math.sqrt(t * harmonic));
      expect(largestDifference(update(-2, ghatAt(0)), expected)).toBeLessThanOrEqual(10 * polarTolerance * largestEntry(first));
    }
  });

  test("sequentialHalf on a row by hand: H = g / √(ε + ||g||²), R = ε I + Hᵀ H, epsilon added once", () => {
    const row = shapeOf([[1, 3]]);
    const g = [1, -2, 2];
    for (const epsilon of [0, 1e-4, 3]) {
      const { update } = boundOptimizer(accumulating("sequentialHalf", epsilon), row, kernels);
      let squares = epsilon;
      let right = epsilon;
      for (const scale of [1, 0.5, 2]) {
        squares += 9 * scale ** 2;
        const h = scale / Math.sqrt(squares);
        right += 9 * h ** 2; // of the eigenvalue of R along g
        const expected = g.map((entry) => (-entry * h) / Math.sqrt(right));
        expect(largestDifference(update(Math.log(scale), g), expected)).toBeLessThanOrEqual(1e-13);
      }
    }
  });

  test("a row by hand: L = ε + ||g||², R = ε I + g gᵀ, so the step is g / (ε + ||g||²)^2a", () => {
    const row = shapeOf([[1, 3]]);
    for (const epsilon of [0, 1e-4, 3]) {
      const total = epsilon + 9;
      const quarter = boundOptimizer(accumulating("quarter", epsilon), row, kernels).update(0, [1, -2, 2]);
      expect(
        largestDifference(
          quarter,
          [1, -2, 2].map((g) => -g / Math.sqrt(total)),
        ),
      ).toBeLessThanOrEqual(1e-13);
      const half = boundOptimizer(accumulating("half", epsilon), row, kernels).update(0, [1, -2, 2]);
      expect(
        largestDifference(
          half,
          [1, -2, 2].map((g) => -g / total),
        ),
      ).toBeLessThanOrEqual(1e-13);
    }
  });

  test("where epsilon dominates it is gradient descent, scaled by epsilon^-2a, to any depth", () => {
    for (const [exponent, scale] of [
      ["quarter", 10],
      ["half", 100],
      ["sequentialHalf", 100], // epsilon^-1/2 of L, and of R
    ] as const) {
      const actual = boundOptimizer(accumulating(exponent, 0.01), shape, kernels).update(-2000, ghatAt(0), 2000);
      expect(
        largestDifference(
          actual,
          ghatAt(0).map((g) => -scale * g),
        ),
      ).toBeLessThanOrEqual(1e-12 * scale);
    }
  });

  test("a matrix without a gradient does not move, and a rank-one gradient moves along itself", () => {
    const two = shapeOf([
      [2, 2],
      [2, 3],
    ]);
    const ghat = [0, 0, 0, 0, 1, -2, 2, 2, -4, 4]; // (1, 2) (1, -2, 2)ᵀ: σ₁ = 3 √5
    const moved = boundOptimizer(accumulating("quarter"), two, kernels).update(-9, ghat);
    expect(moved.subarray(0, 4)).toEqual(new Float64Array(4));
    expect(
      largestDifference(
        moved,
        ghat.map((g) => -g / (3 * Math.sqrt(5))),
      ),
    ).toBeLessThanOrEqual(1e-14);
  });

  test("a diverged gradient shows", () => {
    const moved = boundOptimizer(accumulating("quarter"), shapeOf([[2, 2]]), kernels).update(0, [1, Number.NaN, 0, 1]);
    for (const entry of moved) expect(entry).toBeNaN();
  });
});
