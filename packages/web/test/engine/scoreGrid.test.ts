import type { LabelledData } from "@steepest/core";
import { drawData, type LabelledDataset, trainOptions } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { gridSizeFor, planeAround, scoreGrid } from "../../src/engine/scoreGrid.js";
import { defaultSetup } from "../../src/setup/defaults.js";
import { runsOfSetup } from "../../src/setup/definition.js";
import type { RaceSetup } from "../../src/setup/raceSetup.js";
import { host } from "../hosts.js";

/** f(x) of a network without biases, w[outputs][inputs] layer after layer, by hand. */
function score(weights: Float64Array, widths: readonly number[], x: readonly number[], activation: (z: number) => number): number {
  let [layer, from] = [[...x], 0];
  for (let l = 1; l < widths.length; l++) {
    const [inputs, outputs] = [widths[l - 1]!, widths[l]!];
    const next = Array.from({ length: outputs }, (_, j) =>
      layer.reduce((sum, value, k) => sum + value * weights[from + j * inputs + k]!, 0),
    );
    layer = l === widths.length - 1 ? next : next.map(activation);
    from += inputs * outputs;
  }
  return layer[0]!;
}

const relu = (z: number): number => Math.max(z, 0);
const cases: readonly [string, Partial<RaceSetup>, readonly number[], (z: number) => number][] = [
  ["one hidden layer", { width: 7 }, [3, 7, 1], relu],
  ["two hidden layers", { width: 5, depth: 2 }, [3, 5, 5, 1], relu],
  ["leaky ReLU", { width: 5, activation: { leakyRelu: 0.1 } }, [3, 5, 1], (z) => (z > 0 ? z : 0.1 * z)],
  ["the linear model", { depth: 0 }, [3, 1], relu],
  ["no constant", { width: 6, data: { kind: "xor", trainSize: 20, noise: 0.1, constant: 0 } }, [2, 6, 1], relu],
];

describe("the scores over the plane", () => {
  test.each(cases)("are those of the network: %s", async (_, change, widths, activation) => {
    const [run] = runsOfSetup({ ...defaultSetup, ...change });
    const { train } = await drawData(run!.dataset as LabelledDataset, run!.seed, host);
    const { network } = trainOptions(run!, train, undefined);
    const constant = widths[0] === 3 ? 1 : 0;
    const plane = planeAround(train, constant, 9);
    const scores = scoreGrid(network, plane, host);
    for (const shift of [0, 1]) {
      const weights = Float64Array.from({ length: network.layout.totalCount }, (_, i) => Math.sin(12.9 * i + shift));
      const got = scores(weights);
      expect(got).toHaveLength(81);
      const at = ([low, high]: readonly [number, number], k: number): number => low + ((high - low) * (k + 0.5)) / 9;
      got.forEach((value, i) => {
        const x = [at(plane.x, i % 9), at(plane.y, Math.floor(i / 9)), ...(constant ? [constant] : [])];
        const exact = score(weights, widths, x, activation);
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(2 ** -24 * Math.abs(exact) + 1e-12); // float32, and sums in another order
      });
    }
  });
});

describe("the plane", () => {
  const data = (inputs: readonly number[], inputDim: number): LabelledData => ({
    inputs: Float64Array.from(inputs),
    labels: Array.from({ length: inputs.length / inputDim }, () => 1),
    inputDim,
  });

  test("is a square around the samples", () => {
    const { x, y } = planeAround(data([0, 1, 7, 4, 2, 7], 3), 7, 5);
    expect(x[1] - x[0]).toBeCloseTo(y[1] - y[0], 12);
    expect([x[0] + x[1], y[0] + y[1]]).toEqual([4, 3]);
    expect(x[0]).toBeLessThan(0);
    expect(x[1]).toBeGreaterThan(4);
  });

  test("is there around a single place too", () => {
    const { x } = planeAround(data([2, 2, 2, 2], 2), 0, 5);
    expect(x[0]).toBeLessThan(2);
    expect(x[1]).toBeGreaterThan(2);
  });

  test.each([
    [1, 56],
    [6000, 56],
    [2e7 / 900, 30],
    [1e9, 12],
  ])("of a network of %d weights has %d points per side", (weights, size) => {
    expect(gridSizeFor(weights)).toBe(size);
  });
});
