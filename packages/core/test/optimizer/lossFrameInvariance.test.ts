import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { l2Of, lp, maxOf, type Norm, type NormShape, norms, steepestDescent, sumOf } from "../../src/index.js";
import { aimed } from "../support/aimed.js";
import { hosts } from "../support/hosts.js";

const shape: NormShape = {
  length: 17,
  blocks: [
    { offset: 0, rows: 3, columns: 4 },
    { offset: 12, rows: 1, columns: 5 },
  ],
};

const all: readonly Norm[] = [
  ...Object.values(norms),
  lp(1.5),
  lp(4),
  maxOf([norms.spectral, norms.linf], [1, 0.5]),
  sumOf([norms.nuclear, norms.l1], [2, 3]),
  l2Of([norms.spectral, norms.l2], [0.25, 4]),
];

const cases = all.flatMap((norm) => {
  const smoothings = norm.smoothDirection ? (["none", "alignment"] as const) : (["none"] as const);
  return smoothings.map((smoothing) => ({ id: norm.id, smoothing, norm }));
});

const vector = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 17, maxLength: 17 }).map((x) => Float64Array.from(x));
const sample = fc.record({
  theta: vector,
  ghat: vector.filter((g) => g.some((value) => Math.abs(value) > 1e-3)),
  logRisk: fc.double({ min: -5000, max: 5000, noNaN: true }),
  logC: fc.double({ min: -5000, max: 5000, noNaN: true }),
});
const settings = { seed: 20_241_124, numRuns: 60 };

describe.each(hosts)("steepest descent in any frame of the loss, on the $host", ({ kernels }) => {
  test.each(cases)("$id, smoothing $smoothing, normalised: the risk changes no bit", ({ norm, smoothing }) => {
    const optimizer = aimed(steepestDescent({ norm, normalized: true, smoothing }), shape, kernels);
    const step = { size: 0.3, logScale: 0 };
    fc.assert(
      fc.property(sample, ({ theta, ghat, logRisk, logC }) => {
        const direction = optimizer.aim(theta, ghat, logRisk);
        const moved = optimizer.move(step);
        expect(moved.some((value) => value !== 0)).toBe(true);
        expect(optimizer.aim(theta, ghat, logRisk + logC)).toEqual(direction);
        expect(optimizer.move(step)).toEqual(moved);
      }),
      settings,
    );
  });

  // e^x of |x| <= 1 from a difference of two numbers up to 10 000: an error of 4 · 2^-53 · 10 000 in x, and so relative in the step: 4.4e-12
  test.each(cases)("$id, smoothing $smoothing, unnormalised: only the product of step size and risk counts", ({ norm, smoothing }) => {
    const optimizer = aimed(steepestDescent({ norm, normalized: false, smoothing }), shape, kernels);
    fc.assert(
      fc.property(sample, ({ theta, ghat, logRisk, logC }) => {
        optimizer.aim(theta, ghat, logRisk);
        const moved = optimizer.move({ size: 0.3, logScale: 0.5 - logRisk });
        optimizer.aim(theta, ghat, logRisk + logC);
        const lowered = optimizer.move({ size: 0.3, logScale: 0.5 - logRisk - logC });
        const largest = moved.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        expect(largest).toBeGreaterThan(0);
        moved.forEach((value, i) => {
          expect(Math.abs(lowered[i]! - value)).toBeLessThanOrEqual(1e-11 * Math.abs(value));
        });
      }),
      settings,
    );
  });

  test("unnormalised: doubling the risk doubles the step", () => {
    const optimizer = aimed(steepestDescent({ norm: norms.l2, normalized: false }), shape, kernels);
    const g = Float64Array.from({ length: 17 }, (_, i) => Math.sin(i + 1));
    const at = (logRisk: number) => {
      optimizer.aim(g, g, logRisk);
      return optimizer.move({ size: 1, logScale: 0 });
    };
    const [once, twice] = [at(-3), at(-3 + Math.LN2)];
    for (const [i, value] of once.entries()) expect(Math.abs(twice[i]! / value - 2)).toBeLessThan(1e-14);
  });
});
