import { normFromText } from "@steepest/core";
import { expect, test } from "vitest";
import { DoubledVector } from "../../src/arithmetic/doubledVector.js";
import { Derivatives } from "../../src/barrier/barrier.js";
import { HalfSquareOfPowers } from "../../src/barrier/halfSquareOfPowers.js";
import { boundedNorm } from "../../src/bound/boundedNorm.js";
import { kernels as factory } from "../support/kernels.js";

const { kernels } = boundedNorm(normFromText("l2"), factory, [{ offset: 0, rows: 1, columns: 4 }]);
const factors = [1, 2, 0.25, 8];
const entries = factors.map((factor, variable) => ({ variable, factor }));

/** ||y||²/2 in doubles, by the host's powers. */
function valueAt(x: readonly number[], p: number): number {
  return x.reduce((total, value, j) => total + Math.abs(value * factors[j]!) ** p, 0) ** (2 / p) / 2;
}

test.each([2, 2.5, 3, 6])("derivatives with p = %d are those of differences", (p) => {
  const x = [0.75, -0.5, 3, -0.125];
  const to = new Derivatives(4, true);
  new HalfSquareOfPowers(kernels, entries, p).add(new DoubledVector(4, Float64Array.from(x)), to);
  const moved = (changes: Record<number, number>): number =>
    valueAt(
      x.map((value, j) => value + (changes[j] ?? 0)),
      p,
    );
  // central differences with h = 2^-12: wrong by h² and by the rounding of doubles over h², both below 1e-6
  const h = 2 ** -12;
  for (let i = 0; i < 4; i++) {
    expect(Math.abs(to.gradient.high[i]! - (moved({ [i]: h }) - moved({ [i]: -h })) / (2 * h))).toBeLessThan(1e-4);
    for (let j = 0; j <= i; j++) {
      const second =
        i === j
          ? (moved({ [i]: h }) - 2 * valueAt(x, p) + moved({ [i]: -h })) / (h * h)
          : (moved({ [i]: h, [j]: h }) - moved({ [i]: h, [j]: -h }) - moved({ [i]: -h, [j]: h }) + moved({ [i]: -h, [j]: -h })) /
            (4 * h * h);
      expect(Math.abs(to.hessian![i]!.high[j]! - second)).toBeLessThan(1e-3);
    }
  }
});

test.each([2, 3])("with p = %d it scales with the square of a power of two, exactly", (p) => {
  const x = Float64Array.of(0.7, -0.3, 1.1, 0);
  const slopes = [1, 2 ** -40].map((unit) => {
    const to = new Derivatives(4, false);
    new HalfSquareOfPowers(kernels, entries, p).add(
      new DoubledVector(
        4,
        x.map((value) => value * unit),
      ),
      to,
    );
    return to.gradient.high.map((value) => value / unit);
  });
  expect(slopes[1]).toEqual(slopes[0]);
});
