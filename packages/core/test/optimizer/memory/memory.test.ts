import { describe, expect, test } from "vitest";
import { adaGrad, norms, type Optimizer, rmsProp, shampoo } from "../../../src/index.js";
import { momentum } from "../../../src/optimizer/memory/momentum.js";
import { normedDescent } from "../../../src/optimizer/normedDescent.js";
import golden from "../../golden/memory_tiny_risk.json" with { type: "json" };
import { boundOptimizer, shapeOf } from "../../support/boundOptimizer.js";
import { hosts } from "../../support/hosts.js";
import { largestEntry } from "../../support/largestDifference.js";

const gradientMomentum = (options: Parameters<typeof momentum>[0]): Optimizer =>
  normedDescent({
    id: "momentum",
    norm: norms.l2,
    memory: momentum(options),
    normalized: false,
    expectation: { margin: undefined, source: "a test" },
  });

const kinds: Readonly<Record<string, (options: never) => Optimizer>> = { momentum: gradientMomentum, rmsProp, adaGrad, shampoo };

describe.each(hosts)("memories on the $host, against 60-digit arithmetic", ({ kernels }) => {
  test.each(golden.cases)("$name", ({ kind, options, logRisk, logScale, ghat, update }) => {
    const { blocks, ...chosen } = options as { blocks?: [number, number][] };
    const { update: move } = boundOptimizer(kinds[kind]!(chosen as never), shapeOf(blocks ?? [[1, ghat[0]!.length]]), kernels);
    logRisk.forEach((z, t) => {
      const row = update[t]!;
      const scale = blocks ? largestEntry(row) : 0; // a function of a matrix is accurate norm-wise, the others entry by entry
      move(z, ghat[t]!, logScale[t]!).forEach((actual, j) => {
        const expected = row[j]!;
        expect(Math.abs(actual - expected), `step ${t}, parameter ${j}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(
          1e-12 * Math.max(Math.abs(expected), scale) + 1e-300,
        );
      });
    });
  });
});
