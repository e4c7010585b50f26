import { drawNormal, mlp, type Network } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { leastChoice } from "../../src/clarke/leastChoice.js";
import { LeastProducts, productErrors } from "../../src/clarke/leastProducts.js";
import { TangentProblem } from "../../src/tangent/tangentProblem.js";
import { kernels } from "../support/kernels.js";

const tolerance = 0.2;

const networks: Readonly<Record<string, { readonly network: Network; readonly classes?: number }>> = {
  "one hidden layer": { network: mlp({ widths: [5, 9, 1], activation: "relu" }) },
  "several classes": { network: mlp({ widths: [5, 7, 4], activation: { leakyRelu: 0.3 } }), classes: 4 },
  "kinks in several layers": { network: mlp({ widths: [5, 4, 3, 1], activation: "abs" }) },
  "no kinks": { network: mlp({ widths: [5, 4, 1], activation: "identity" }) },
};

function problemOf({ network, classes }: (typeof networks)[string], seed: number): TangentProblem {
  const count = 12;
  const labels = Array.from({ length: count }, (_, i) => (classes === undefined ? (i % 2 ? 1 : -1) : i % classes));
  const inputs = drawNormal(kernels, { seed, stream: 311, count: count * 5 });
  const weights = drawNormal(kernels, { seed, stream: 312, count: network.layout.totalCount });
  return new TangentProblem({ network, data: { inputs, inputDim: 5, labels, ...(classes && { classes }) }, weights }, kernels);
}

describe.each(Object.entries(networks))("least products with %s", (_name, member) => {
  test.each([1, 2, 3])("are those of the pairs one by one, seed %i", (seed) => {
    const problem = problemOf(member, seed);
    const v = drawNormal(kernels, { seed, stream: 313, count: problem.size });
    const all = new LeastProducts(problem, tolerance).of(v);
    const errors = productErrors(problem, v);
    const choices = problem.pairs.map((pair) => leastChoice(problem, pair, v, tolerance));
    expect(all.isLeast).toBe(choices.every(({ isLeast }) => isLeast));
    for (const [k, pair] of problem.pairs.entries()) {
      const one = choices[k]!;
      expect(all.choice(k).sides).toEqual(one.sides);
      const bound = problem.productError(pair, v);
      expect(Math.abs(all.values[k]! - one.value)).toBeLessThanOrEqual(2 * bound);
      // the bounds of both ways: that of sums taken operation by operation may be wider
      expect(errors[k]!).toBeGreaterThanOrEqual(bound * (1 - 2 ** -20));
      expect(errors[k]!).toBeLessThanOrEqual(4 * bound);
    }
  });
});
