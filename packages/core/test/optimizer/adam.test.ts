import type { KernelFactory } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import { adam, type EpsilonPlacement, norms, type Optimizer, steepestDescent } from "../../src/index.js";
import golden from "../golden/adam_tiny_risk.json" with { type: "json" };
import { boundOptimizer, shapeOf } from "../support/boundOptimizer.js";
import { hosts } from "../support/hosts.js";
import { largestDifference, largestEntry } from "../support/largestDifference.js";

const bound = (optimizer: Optimizer, parameterCount: number, factory: KernelFactory) =>
  boundOptimizer(optimizer, shapeOf([[1, parameterCount]]), factory).update;

describe.each(hosts)("adam on the $host", ({ kernels }) => {
  test.each(golden.cases)(
    "agrees with 60-digit arithmetic: $name",
    ({ beta1, beta2, epsilon, epsilonPlacement, logRisk, ghat, update }) => {
      const move = bound(
        adam({ beta1, beta2, epsilon, epsilonPlacement: epsilonPlacement as EpsilonPlacement | undefined }),
        ghat[0]!.length,
        kernels,
      );
      logRisk.forEach((z, t) => {
        move(z, ghat[t]!).forEach((actual, j) => {
          const expected = update[t]![j]!;
          expect(Math.abs(actual - expected), `step ${t}, parameter ${j}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(
            1e-12 * Math.abs(expected) + 1e-300,
          );
        });
      });
    },
  );

  test("without memory and epsilon is sign descent, bit for bit", () => {
    const signs = bound(steepestDescent({ norm: norms.linf, normalized: true }), 9, kernels);
    const memoryless = bound(adam({ beta1: 0, beta2: 0, epsilon: 0 }), 9, kernels);
    [0, -800, 700, -15_000, -3].forEach((logRisk, t) => {
      const ghat = Float64Array.from({ length: 9 }, (_, j) => [0, -0, 5e-324, -1e-310, 1e300, -3, 0.1, -1e-300, 7][(j + t) % 9]!);
      expect(memoryless(logRisk, ghat)).toEqual(signs(logRisk, ghat));
    });
  });

  test("a gradient of 2^-1074 moves like any other when epsilon is 0", () => {
    for (const [beta1, beta2] of [
      [0, 0.999],
      [0, 0],
      [0, 0.5],
    ] as const) {
      const move = bound(adam({ beta1, beta2, epsilon: 0 }), 1, kernels);
      expect(move(-3, [5e-324])[0]).toBeCloseTo(-1, 12);
    }
  });

  test("0/0 is 0: a parameter that never had a gradient does not move, with epsilon 0 too", () => {
    const move = bound(adam({ beta1: 0.9, beta2: 0.999, epsilon: 0 }), 2, kernels);
    for (const logRisk of [1, -10, -1000]) expect(move(logRisk, [0, 1])[0]).toBe(0);
  });

  test("does at risk e^-4000 what it does at risk 1 when epsilon is 0", () => {
    const near = bound(adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 }), 3, kernels);
    const far = bound(adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 }), 3, kernels);
    for (let t = 0; t < 20; t++) {
      const ghat = [1 / (t + 1), -t, Math.sin(t)];
      const expected = near(-t / 4, ghat);
      expect(largestDifference(far(-4096 - t / 4, ghat), expected)).toBeLessThanOrEqual(1e-13 * largestEntry(expected));
    }
  });
});
