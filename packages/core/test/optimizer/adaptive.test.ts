import { describe, expect, test } from "vitest";
import { adaGrad, norms, rmsProp, steepestDescent } from "../../src/index.js";
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference } from "../support/largestDifference.js";

const shape = shapeOf([[1, 9]]);
const extremes = [0, -0, 5e-324, -1e-310, 1e300, -3, 0.1, -1e-300, 7];
const extremesAt = (t: number): number[] => extremes.map((_, j) => extremes[(j + t) % 9]!);

describe.each(hosts)("RMSProp on the $host", ({ kernels }) => {
  test("without memory and epsilon is sign descent, bit for bit", () => {
    const signs = boundOptimizer(steepestDescent({ norm: norms.linf, normalized: true }), shape, kernels);
    const memoryless = boundOptimizer(rmsProp({ decay: 0, epsilon: 0, momentum: 0 }), shape, kernels);
    [0, -800, 700, -15_000, -3].forEach((logRisk, t) => {
      expect(memoryless.update(logRisk, extremesAt(t))).toEqual(signs.update(logRisk, extremesAt(t)));
    });
  });

  test("by hand: v = 1/2, then 5/8; momentum remembers steps", () => {
    const { update } = boundOptimizer(rmsProp({ decay: 0.5, epsilon: 0.25, momentum: 0.5 }), shapeOf([[1, 1]]), kernels);
    const first = 1 / (Math.SQRT1_2 + 0.25);
    const second = 0.5 / (Math.sqrt(3 / 8) + 0.25); // v = 1/2 · 1/2 + 1/2 · 1/4
    expect(update(0, [1])[0]).toBeCloseTo(-first, 14);
    expect(update(0, [0.5])[0]).toBeCloseTo(-0.5 * first - second, 14);
    expect(update(0, [0])[0]).toBeCloseTo(-0.25 * first - 0.5 * second, 14);
  });

  test("no step is longer than 1 / √(1 - decay), however the risk moves and however small a gradient", () => {
    const { update } = boundOptimizer(rmsProp({ decay: 0.999, epsilon: 0, momentum: 0 }), shape, kernels);
    const bound = 1 / Math.sqrt(0.001) + 0.5; // a subnormal times 31.6 is rounded to a multiple of the least of them
    [0, -800, -743, 700, -43.7, -15_000, 900, 160].forEach((logRisk, t) => {
      for (const moved of update(logRisk, extremesAt(t))) expect(Math.abs(moved)).toBeLessThanOrEqual(bound);
    });
  });
});

describe.each(hosts)("AdaGrad on the $host", ({ kernels }) => {
  test("starts as sign descent when epsilon is 0; a constant gradient then moves by 1 / √t", () => {
    const { update } = boundOptimizer(adaGrad({ epsilon: 0 }), shape, kernels);
    const ghat = [1, -2, 3e-5, 0, 1e-100, -1e100, 7, -0.1, 5];
    for (let t = 1; t <= 30; t++) {
      const expected = ghat.map((g) => -Math.sign(g) / Math.sqrt(t));
      expect(largestDifference(update(-3, ghat), expected)).toBeLessThanOrEqual(1e-15 * t);
    }
  });

  test("goes on to any depth with a step size η / R", () => {
    const { update } = boundOptimizer(adaGrad({ epsilon: 0 }), shapeOf([[1, 2]]), kernels);
    expect(update(0, [1, -4])).toEqual(Float64Array.of(-1, 1));
    expect(update(-4096, [1, 2], 4096)).toEqual(Float64Array.of(-1, -0.5));
    expect(update(-1e6, [3, 0], 1e6)).toEqual(Float64Array.of(-3, 0));
  });

  test("a weight whose root underflows moves finitely, at most as if that were 2^-960", () => {
    for (const logRisk of [-500, -650, -664, -667, -700, -740, -746, -3000]) {
      const { update } = boundOptimizer(adaGrad({ epsilon: 0 }), shape, kernels);
      update(0, [1, 0, 0, 0, 0, 0, 0, 0, 0]);
      for (const moved of update(logRisk, [1, 1e-300, -1e-40, 1, -5e-324, 100, 3, 1e-10, 0])) {
        expect(Math.abs(moved)).toBeLessThanOrEqual(1 + 1e-15);
      }
    }
  });
});

describe.each(hosts)("0/0 is 0 on the $host", ({ kernels }) => {
  test.each([
    ["rmsProp", () => rmsProp({ decay: 0.99, epsilon: 0, momentum: 0.9 })],
    ["adaGrad", () => adaGrad({ epsilon: 0 })],
  ] as const)("%s: a weight that never had a gradient does not move", (_, optimizer) => {
    const { update } = boundOptimizer(optimizer(), shapeOf([[1, 2]]), kernels);
    for (const logRisk of [1, -10, -1000, 800]) expect(update(logRisk, [0, 1])[0]).toBe(0);
  });

  test.each([
    ["rmsProp", () => rmsProp({ decay: 0.9, epsilon: 1, momentum: 0 })],
    ["adaGrad", () => adaGrad({ epsilon: 1 })],
  ] as const)("%s reads how many roots epsilon dominates", (_, optimizer) => {
    const bench = boundOptimizer(optimizer(), shapeOf([[1, 4]]), kernels);
    bench.aim(0, [100, 50, 1e-3, 0]);
    expect(bench.readings?.()).toEqual({ epsilonShare: 0.5 });
    bench.aim(-2000, [1, 1, 1, 1]);
    expect(bench.readings?.()).toEqual({ epsilonShare: 0.5 });
  });
});
