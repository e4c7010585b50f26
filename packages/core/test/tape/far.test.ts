import { describe, expect, test } from "vitest";
import { arrayNetwork, branches, dense, type LayerEntry, layers, type Network } from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const { kernels } = hosts[0]!;

const measured = (inputDim: number, entries: readonly LayerEntry[]): Network =>
  layers({ input: inputDim, homogeneity: "measured", layers: entries });

/** x, W, U, b and v in turn: W x is -1, so that relu keeps 0. */
const one = { inputs: Float64Array.of(-1), inputDim: 1, labels: [1] };
const limitAt = (network: Network, ...theta: readonly number[]): number =>
  arrayNetwork(network.limit!(), one, kernels).scores(Float64Array.from(theta))[0]!;

describe("where the kept part is 0, the limit is worked out by hand", () => {
  const unit = dense({ units: 1 });
  const biased = dense({ units: 1, bias: true });

  test("a bias decides the sign: 3 tanh(c (U 0 + 2)) / 1", () => {
    const network = measured(1, [unit, "relu", biased, "tanh", unit]);
    expect(network.degree).toBe(1);
    expect(limitAt(network, 1, 0.5, 2, 3)).toBe(3);
    expect(limitAt(network, 1, 0.5, -2, 3)).toBe(-3);
  });

  test("elu is -alpha below: tanh(c U (-alpha))", () => {
    expect(limitAt(measured(1, [unit, { elu: 0.5 }, unit, "tanh", unit]), 1, 2, 3)).toBe(-3);
  });

  test("silu is 0 below, softplus of nothing is log 2", () => {
    expect(limitAt(measured(1, [unit, "silu", unit, "tanh", unit]), 1, 2, 3)).toBeCloseTo(0, 300);
    expect(limitAt(measured(1, [unit, "relu", unit, "softplus", unit, "tanh", unit]), 1, 2, -4, 3)).toBe(-3);
  });

  test("what stays bounded goes through tanh and silu as it is", () => {
    expect(limitAt(measured(1, [unit, "tanh", "tanh", unit]), 1, 3)).toBeCloseTo(-3 * Math.tanh(1), 14);
    expect(limitAt(measured(1, [unit, "tanh", "silu", unit]), 1, 3)).toBeCloseTo(-3 / (1 + Math.E), 14);
  });

  test("a skip of the samples is what tanh sees: 3 tanh(0 - 1)", () => {
    expect(limitAt(measured(1, [branches({ sum: [[], [unit, "relu"]] }), "tanh", unit]), 1, 3)).toBeCloseTo(-3 * Math.tanh(1), 14);
  });
});

const wide = dense({ units: 4 });
const wideBiased = dense({ units: 4, bias: true });
const compositions: Readonly<Record<string, readonly LayerEntry[]>> = {
  "relu, bias, tanh": [wideBiased, "relu", wideBiased, "tanh", dense({ units: 2, bias: true })],
  "elu, tanh": [wide, { elu: 1 }, wide, "tanh", dense({ units: 2 })],
  "tanh, elu, tanh": [wideBiased, "tanh", wideBiased, { elu: 0.5 }, wideBiased, "tanh", dense({ units: 2 })],
  "softplus, squared, bias, tanh": [wide, "softplus", wide, { reluPower: 2 }, wideBiased, "tanh", dense({ units: 2 })],
  "beside what tanh does not see": [
    wideBiased,
    "relu",
    branches({ sum: [[wideBiased, "relu"], [wideBiased, "tanh", wide, "tanh", wide], []] }),
    "gelu",
    wide,
    "tanh",
    dense({ units: 2 }),
  ],
  "frozen before": [dense({ units: 4, frozen: true, bias: true }), { elu: 2 }, wide, "tanh", dense({ units: 2 })],
  "shared weights": [dense({ units: 4, weights: "w" }), { elu: 1 }, dense({ units: 4, weights: "w" }), "tanh", dense({ units: 2 })],
};

test.each(Object.entries(compositions))("the limit is f(x; cθ) / c^L at a large c: %s", (_name, entries) => {
  const network = measured(4, entries);
  const limit = network.limit!();
  const c = 2 ** 40;
  for (let seed = 0; seed < 12; seed++) {
    const data = samples({ seed, sampleCount: 40, inputDim: 4 });
    const theta = samples({ seed: 100 + seed, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
    const far = arrayNetwork(network, data, kernels).scores(theta.map((entry) => c * entry));
    const scores = arrayNetwork(limit, data, kernels).scores(theta);
    // What c has not yet made negligible is 1/c of what is kept, of about 1; a tie of 1/c within these samples would show as a difference of about 1.
    for (const [i, score] of scores.entries())
      expect(Math.abs(far[i]! / c ** network.degree - score), `seed ${seed}, ${i}`).toBeLessThan(1e-9);
  }
});

test("binary and twin give the same bits, and weights before a sign no gradient", () => {
  const network = measured(4, compositions["beside what tanh does not see"]!).limit!();
  const data = samples({ seed: 1, sampleCount: 9, inputDim: 4 });
  const theta = samples({ seed: 2, sampleCount: 1, inputDim: network.layout.parameterCount }).inputs;
  const coefficients = samples({ seed: 3, sampleCount: 9, inputDim: 2 }).inputs;
  const [binary, twin] = hosts.map((host) => arrayNetwork(network, data, host.kernels));
  expect(binary!.scores(theta)).toEqual(twin!.scores(theta));
  const gradient = binary!.gradient(theta, coefficients);
  expect(gradient).toEqual(twin!.gradient(theta, coefficients));
  const last = network.layout.parameterCount - 8;
  expect(gradient.subarray(0, last)).toEqual(new Float64Array(last));
});
