import { arrayNetwork, drawNormal, mlp, type Network, normShape, norms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { boundedNorm } from "../../src/bound/boundedNorm.js";
import { trainableOf } from "../../src/certificate/certify.js";
import { completed } from "../../src/clarke/completed.js";
import { completedInEuclidean } from "../../src/clarke/completedInEuclidean.js";
import { leastChoice } from "../../src/clarke/leastChoice.js";
import { LeastProducts } from "../../src/clarke/leastProducts.js";
import { TangentProblem } from "../../src/tangent/tangentProblem.js";
import { kernels } from "../support/kernels.js";

const tolerance = 0.3;

/** Weights that classify every sample as it is labelled; the first two samples are one. */
function problemOf(network: Network, classes: number | undefined, seed: number): TangentProblem {
  const count = 14;
  const { inputDim, outputs } = network;
  const inputs = drawNormal(kernels, { seed, stream: 321, count: count * inputDim });
  inputs.copyWithin(0, inputDim, 2 * inputDim);
  const weights = drawNormal(kernels, { seed, stream: 322, count: network.layout.totalCount });
  const any = { inputs, inputDim, labels: new Array<number>(count).fill(classes ? 0 : 1), ...(classes && { classes }) };
  const scores = arrayNetwork(network, any, kernels).scores(weights);
  const labels = any.labels.map((_, i) => {
    const own = [...scores.subarray(i * outputs, (i + 1) * outputs)];
    return classes === undefined ? Math.sign(own[0]!) || 1 : own.indexOf(Math.max(...own));
  });
  return new TangentProblem({ network, data: { ...any, labels }, weights }, kernels);
}

const norm = (network: Network) => boundedNorm(norms.l2, kernels, normShape(network.layout).blocks);
const kinked: Readonly<Record<string, readonly [Network, number | undefined]>> = {
  relu: [mlp({ widths: [40, 12, 1], activation: "relu" }), undefined],
  "leaky relu": [mlp({ widths: [40, 9, 1], activation: { leakyRelu: 0.3 } }), undefined],
  "several classes": [mlp({ widths: [30, 10, 3], activation: "abs" }), 3],
};

describe.each(Object.entries(kinked))("the completion in l2 of %s", (_name, [network, classes]) => {
  test.each([1, 2, 4, 5, 6])("has a direction that proves its multipliers to be the best, seed %i", async (seed) => {
    const problem = problemOf(network, classes, seed);
    const given = { problem, norm: norm(network) };
    const found = await completedInEuclidean(given, new LeastProducts(problem, tolerance), { tolerance: 1e-9 });
    const { choices, direction, value } = found!;
    const total = choices.reduce((sum, { multiplier }) => sum + multiplier, 0);
    expect(total).toBeCloseTo(1, 12);
    const z = new Float64Array(problem.size);
    for (const { pair, sides, shares, multiplier } of choices) {
      expect(multiplier).toBeGreaterThan(0);
      for (const share of Array.from(shares!)) expect(share >= 0 && share <= 1).toBe(true);
      for (const [j, entry] of problem.mixedGradient(pair, sides, shares!).entries()) z[j]! += multiplier * entry;
    }
    const length = Math.sqrt(z.reduce((sum, entry) => sum + entry * entry, 0));
    expect(length).toBeCloseTo(value, 9);
    // weak duality: no combination is shorter than the least product of any direction over its length
    const ofDirection = Math.sqrt(direction.reduce((sum, entry) => sum + entry * entry, 0));
    const least = Math.min(...problem.pairs.map((pair) => leastChoice(problem, pair, direction, tolerance).value)) / ofDirection;
    expect(least).toBeLessThanOrEqual(length * (1 + 1e-12));
    expect(least).toBeGreaterThanOrEqual(length * (1 - 1e-8));
  });
});

test("kinks in several layers, none at all and other norms are left to the list of sides", async () => {
  const deep = mlp({ widths: [4, 5, 5, 1], activation: "relu" });
  const smooth = mlp({ widths: [4, 5, 1], activation: "identity" });
  const shallow = mlp({ widths: [4, 5, 1], activation: "relu" });
  for (const [network, id] of [
    [deep, "l2"],
    [smooth, "l2"],
    [shallow, "linf"],
  ] as const) {
    const problem = problemOf(network, undefined, 1);
    const given = { problem, norm: boundedNorm(norms[id], kernels, normShape(network.layout).blocks) };
    expect(await completedInEuclidean(given, new LeastProducts(problem, tolerance), {})).toBeUndefined();
  }
});

test("a list of sides finds the same least length", async () => {
  const network = mlp({ widths: [3, 4, 1], activation: "relu" });
  const problem = problemOf(network, undefined, 2);
  const given = { problem, norm: norm(network) };
  const listed = await completed(given, tolerance, { theta: trainableOf(problem.point) });
  const mixed = await completedInEuclidean(given, new LeastProducts(problem, tolerance), {});
  expect(mixed!.value).toBeCloseTo(listed.value, 9);
});
