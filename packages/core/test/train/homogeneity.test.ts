import { describe, expect, test } from "vitest";
import {
  arrayNetwork,
  branches,
  conv2d,
  dense,
  diagonal,
  EndedTraining,
  type LabelledData,
  type LayerEntry,
  layers,
  losses,
  marginPaced,
  maxout,
  maxPool,
  mlp,
  type Network,
  norms,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const optimizer = steepestDescent({ norm: norms.l2, normalized: true });
const base = { loss: losses.logistic, optimizer, step: marginPaced({ c: 0.25 }), seed: 3 } as const;
const measure = ["eulerDefect", "homogenizedMargin"] as const;
const init = { law: "normalFanIn", scale: 1 } as const;

function measured(network: Network, data: LabelledData, more: Partial<TrainOptions> = {}): TrainOptions {
  return { ...base, init, network, data, measure, ...more };
}

const image = { channels: 1, height: 5, width: 4 };

const homogeneous: Readonly<Record<string, Network>> = {
  "relu 4-6-5-1": mlp({ widths: [4, 6, 5, 1], activation: "relu" }),
  "relu^2 4-5-4-1": mlp({ widths: [4, 5, 4, 1], activation: { reluPower: 2 } }),
  "abs 4-5-1, first frozen": mlp({ widths: [4, 5, 1], activation: "abs", frozenLayers: [0] }),
  "bias in the first layer": layers({ input: 4, layers: [dense({ units: 5, bias: true }), { leakyRelu: 0.25 }, dense({ units: 1 })] }),
  "shared weights and a sum": layers({
    input: 4,
    layers: [
      dense({ units: 4, weights: "w" }),
      "relu",
      branches({ sum: [[dense({ units: 4, weights: "w" })], [dense({ units: 4 }), "abs"]] }),
      diagonal(),
      dense({ units: 6 }),
      maxout({ pieces: 2 }),
      dense({ units: 1 }),
    ],
  }),
  convolution: layers({
    input: image,
    layers: [conv2d({ channels: 3, size: 3, bias: true }), "relu", maxPool({ size: 2 }), dense({ units: 1 })],
  }),
};

/**
 * Every score is a sum over paths of products of weights, and so is <θ, ∇f>; on the absolute values of weights and inputs the same network adds up the
 * sizes of those terms, F. A path passes at most K roundings, K the rows and columns of all blocks and an operation or two for each of them, and an
 * activation of degree r multiplies what there is by r, at most L in all. So |<θ, ∇f> - L f| <= 2 L (L K) u F / (1 - L K u), u = 2^-53.
 */
function roundingBound(network: Network, data: LabelledData, parameters: Float64Array, kernels: (typeof hosts)[number]["kernels"]): number {
  const { blocks, parameterCount } = network.layout;
  const positive = arrayNetwork(network, { ...data, inputs: data.inputs.map(Math.abs) }, kernels);
  const plain = arrayNetwork(network, data, kernels);
  const sizes = positive.scores(parameters.subarray(0, parameterCount).map(Math.abs));
  const scores = plain.scores(parameters.subarray(0, parameterCount));
  const roundings = blocks.reduce((sum, { inputs, outputs }) => sum + inputs + outputs + 2, 0);
  const largest = sizes.reduce((most, size, i) => Math.max(most, size / Math.abs(scores[i]!)), 0);
  return 2.01 * network.degree ** 2 * roundings * 2 ** -53 * largest;
}

describe.each(hosts)("on the $host", ({ kernels }) => {
  const host = { kernels };
  const trained = (options: TrainOptions, steps = 0): Training => {
    const training = new Training(options, host);
    for (let i = 0; i < steps; i++) training.advance();
    return training;
  };

  test.each(Object.entries(homogeneous).filter(([, { layout }]) => layout.blocks.every(({ trainable }) => trainable)))(
    "the Euler defect of a homogeneous network is rounding: %s",
    (_name, network) => {
      const data = samples({ seed: 2, sampleCount: 12, inputDim: network.inputDim });
      const training = trained(measured(network, data), 40);
      const { eulerDefect, quasiEulerDefect, homogenizedMargin, margin } = training.point();
      expect(eulerDefect.max).toBeLessThanOrEqual(roundingBound(network, data, training.parameters(), kernels));
      expect(eulerDefect.median).toBeLessThanOrEqual(eulerDefect.max);
      expect(quasiEulerDefect).toEqual(eulerDefect);
      expect(homogenizedMargin).toEqual(margin);
    },
  );

  test("a layer that is frozen counts neither in the derivative nor in L", () => {
    const network = homogeneous["abs 4-5-1, first frozen"]!;
    expect(network.degree).toBe(1);
    const data = samples({ seed: 2, sampleCount: 12, inputDim: 4 });
    expect(trained(measured(network, data)).point().eulerDefect.max).toBeLessThan(1e-13);
  });

  test("with several classes the defect is that of the margins that the loss sees", () => {
    const network = mlp({ widths: [4, 6, 3], activation: "relu" });
    const { inputs } = samples({ seed: 2, sampleCount: 12, inputDim: 4 });
    const data = { inputs, inputDim: 4, classes: 3, labels: Array.from({ length: 12 }, (_, i) => i % 3) };
    expect(trained(measured(network, data), 40).point().eulerDefect.max).toBeLessThan(1e-12);
    const skip = layers({
      homogeneity: "measured",
      input: 4,
      layers: [branches({ sum: [[], [dense({ units: 4 }), "relu"]] }), dense({ units: 3 })],
    });
    const training = trained(measured(skip, data), 40);
    // <θ, ∇m> - 2 m = -(what the skip adds to m), m the weighted margin: the network is A x + A relu(W x)
    const parameters = training.parameters();
    const own = arrayNetwork(skip, data, kernels);
    const without = arrayNetwork(skip.limit!(), data, kernels);
    const [whole, limit] = [own.scores(parameters), without.scores(parameters)];
    const weighted = training.weightedMargins();
    const expected = data.labels.map((label, i) => {
      const row = (scores: Float64Array): Float64Array => scores.subarray(3 * i, 3 * i + 3);
      const others = [0, 1, 2].filter((j) => j !== label);
      const total = others.reduce((sum, j) => sum + Math.exp(row(whole)[j]!), 0);
      const ofSkip = others.reduce((sum, j) => {
        const skipped = (k: number): number => row(whole)[k]! - row(limit)[k]!;
        return sum + (Math.exp(row(whole)[j]!) / total) * (skipped(label) - skipped(j));
      }, 0);
      return Math.abs(ofSkip / weighted[i]!);
    });
    expect(training.point().eulerDefect.max).toBeCloseTo(Math.max(...expected), 10);
  });

  /** Weights, samples and defects of tiny networks; the defects are by mpmath 1.2.1 at 40 digits, from differences of f(x; sθ) by s. */
  const byHand = {
    W: [0.5, 0.25, -0.75, 0.5, 0.25, -0.5],
    b: [0.25, -0.5, 0.125],
    U: [0.5, -0.25, 1, -0.5, 0.75, 0.25],
    d: [0.5, -0.125],
    v: [1, -0.75],
    c: [0.375],
    data: { inputs: Float64Array.of(1, 2, 2, -1, -1, -1.5, 0.5, -2), labels: [1, 1, -1, -1], inputDim: 2 },
  } as const;

  const biased = (activation: LayerEntry): Network =>
    layers({
      homogeneity: "measured",
      input: 2,
      layers: [dense({ units: 3, bias: true }), activation, dense({ units: 2, bias: true }), activation, dense({ units: 1, bias: true })],
    });

  test("biases everywhere have the defect worked out elsewhere, and none with an exponent for each block", () => {
    const { W, b, U, d, v, c, data } = byHand;
    const point = trained(measured(biased("relu"), data, { init: Float64Array.of(...W, ...b, ...U, ...d, ...v, ...c) })).point();
    expect(point.eulerDefect.max).toBeCloseTo(0.91005291005291, 12);
    expect(point.eulerDefect.median).toBeCloseTo(0.755249343832021, 12);
    expect(point.quasiEulerDefect.max).toBeLessThan(1e-14); // dyadic weights, sums of at most four terms
  });

  test.each([
    ["silu", "silu", 7.893807861096253, 0.6306473065499669],
    ["gelu", "gelu", 2.4485847391930964, 0.7616346908482066],
    ["elu", { elu: 1 }, 1.837438362656528, 0.25313611792435775],
    ["softplus", "softplus", 1.1254426097264318, 0.609153334522351],
    ["tanh, of degree 1", "tanh", 4.5112399344085325, 0.8943314682522486],
  ] as const)("%s has the defect worked out elsewhere, and no exponents", (_name, activation, max, median) => {
    const { W, U, v, data } = byHand;
    const network = mlp({ widths: [2, 3, 2, 1], activation, homogeneity: "measured" });
    const point = trained(measured(network, data, { init: Float64Array.of(...W, ...U, ...v) })).point();
    expect(Math.abs(point.eulerDefect.max - max)).toBeLessThan(1e-11);
    expect(Math.abs(point.eulerDefect.median - median)).toBeLessThan(1e-11);
    expect(point.quasiEulerDefect).toEqual({ max: Number.NaN, median: Number.NaN });
  });

  test.each([
    ["silu", "silu"],
    ["gelu", "gelu"],
    ["elu", { elu: 0.5 }],
    ["softplus", "softplus"],
  ] as const)(
    "the homogenised margins of %s are those of relu at the same weights, bit for bit, idle columns or not",
    (_name, activation) => {
      const { inputs, labels } = samples({ seed: 4, sampleCount: 9, inputDim: 5 });
      for (const idle of [-1, 2]) {
        const data = { inputs: inputs.map((x, i) => (i % 5 === idle ? 0 : x)), labels, inputDim: 5 };
        const training = trained(measured(mlp({ widths: [5, 6, 4, 1], activation, homogeneity: "measured" }), data), 25);
        const { homogenizedMargin, margin, norm } = training.point();
        const relu = measured(mlp({ widths: [5, 6, 4, 1], activation: "relu" }), data, { init: training.parameters() });
        expect(homogenizedMargin).toEqual(trained(relu).point().margin);
        expect(Object.keys(homogenizedMargin)).toEqual(Object.keys(norm));
        expect(homogenizedMargin.l2).not.toBe(margin.l2);
      }
    },
  );

  test("the homogenised margin of biases and a skip is that of the limit built by hand", () => {
    const network = layers({
      homogeneity: "measured",
      input: 3,
      layers: [
        dense({ units: 4, bias: true }),
        "relu",
        branches({ sum: [[], [dense({ units: 4, bias: true }), "relu"]] }),
        dense({ units: 1 }),
      ],
    });
    const byLayers = layers({
      input: 3,
      layers: [dense({ units: 4, bias: true }), "relu", dense({ units: 4 }), "relu", dense({ units: 1 })],
    });
    const data = samples({ seed: 5, sampleCount: 8, inputDim: 3 });
    const training = trained(measured(network, data), 30);
    const parameters = training.parameters();
    const { homogenizedMargin, norm } = training.point();
    // blocks: W1 (12), b1 (4), W2 (16), b2 (4), v (4); the limit knows no b2
    const kept = Float64Array.of(...parameters.subarray(0, 32), ...parameters.subarray(36));
    const margins = trained(measured(byLayers, data, { init: kept })).point().minMargin;
    expect(network.degree).toBe(3);
    for (const id of ["l1", "l2", "linf", "spectral"]) expect(homogenizedMargin[id]).toBeCloseTo(margins / norm[id]! ** 3, 12);
  });

  test("there are none where margins are none, and nothing where nobody asks", () => {
    const network = mlp({ widths: [2, 3, 1], activation: "silu", homogeneity: "measured" });
    const { data } = byHand;
    const zero = trained(measured(network, data, { init: new Float64Array(9) })).point();
    expect(Object.values(zero.homogenizedMargin)).toEqual(Object.values(zero.margin));
    expect(zero.homogenizedMargin.l2).toBeNaN();
    expect(zero.eulerDefect).toEqual({ max: Number.NaN, median: Number.NaN }); // no weight moves a score
    const { measure: _, ...unasked } = measured(network, data);
    const point = trained(unasked).point();
    expect([point.homogenizedMargin, point.eulerDefect.max, point.quasiEulerDefect.median]).toEqual([{}, Number.NaN, Number.NaN]);
  });
});

const { kernels } = hosts[0]!;

test("the limit of a network is a network like any other, and keeps its nature without idle columns", () => {
  const { inputs, labels } = samples({ seed: 4, sampleCount: 9, inputDim: 5 });
  const data = { inputs: inputs.map((x, i) => (i % 5 === 2 ? 0 : x)), labels, inputDim: 5 };
  const [limit, relu] = [
    mlp({ widths: [5, 6, 1], activation: "silu", homogeneity: "measured" }).limit!(),
    mlp({ widths: [5, 6, 1], activation: "relu" }),
  ].map((network) => {
    const training = new Training(measured(network, data), { kernels });
    for (let i = 0; i < 25; i++) training.advance();
    return training.point();
  });
  expect(limit).toEqual(relu);
});

test("a measurement that there is not is refused", () => {
  const options = measured(homogeneous["relu 4-6-5-1"]!, samples({ seed: 1, sampleCount: 3, inputDim: 4 }));
  expect(() => new Training({ ...options, measure: ["defect" as never] }, { kernels })).toThrow(
    /^measure\[0\]: must be one of eulerDefect, homogenizedMargin, .+, got "defect"$/,
  );
  expect(() => new Training({ ...options, measure: "eulerDefect" as never }, { kernels })).toThrow(
    "measure: must be a list of measurements",
  );
});

test("a network whose scores stay bounded is refused: its limit has no margins", () => {
  expect(() => mlp({ widths: [2, 3, 1], activation: "tanh", frozenLayers: [1], homogeneity: "measured" })).toThrow(
    "mlp: the limit has degree 0 in the trainable weights",
  );
});

test("theory promises a network that is not homogeneous nothing: no fall of its soft margin is told, and there is no KKT residual", () => {
  const data = samples({ seed: 4, sampleCount: 9, inputDim: 5 });
  const options = { ...measured(mlp({ widths: [5, 6, 1], activation: "silu", homogeneity: "measured" }), data), stop: { steps: 1000 } };
  const training = new Training(options, { kernels });
  while (!training.outcome) training.advance();
  expect(training.logRisk).toBeLessThan(-5);
  expect(training.point().health.softMarginFall).toBeNaN();
  const message = "kktResidual: the network is not homogeneous";
  expect(() => training.kktResidual("l2")).toThrow(message);
  expect(() => new EndedTraining(training, options, { kernels }).kktResidual("l2")).toThrow(message);
  const relu = new Training({ ...options, network: mlp({ widths: [5, 6, 1], activation: "relu" }) }, { kernels });
  while (!relu.outcome) relu.advance();
  expect(relu.point().health.softMarginFall).not.toBeNaN();
});

test.each(["l2", "linf"] as const)("far past separation a silu network nears its limit under steepest descent in %s", (id) => {
  const data = samples({ seed: 7, sampleCount: 16, inputDim: 6 });
  const network = mlp({ widths: [6, 12, 1], activation: "silu", homogeneity: "measured" });
  const steepest = steepestDescent({ norm: norms[id], normalized: true, smoothing: "none" });
  const training = new Training(measured(network, data, { optimizer: steepest, step: marginPaced({ c: 1 }) }), { kernels });
  const at = (depth: number) => {
    while (training.logRisk > depth) training.advance();
    const { eulerDefect, margin, homogenizedMargin } = training.point();
    return { defect: eulerDefect.median, short: Math.abs(1 - homogenizedMargin[id]! / margin[id]!) };
  };
  const [near, far] = [at(-10), at(-1000)];
  expect(far.defect).toBeLessThan(near.defect / 4);
  expect(far.short).toBeLessThan(near.short / 4);
});
