import { ArenaPlan, type KernelFactory, largestOf } from "@steepest/kernels";
import { evaluationError } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import {
  arrayNetwork,
  bindNorm,
  branches,
  conv2d,
  dense,
  diagonal,
  globalPool,
  initialise,
  type LabelledData,
  layers,
  linear,
  lp,
  maxOf,
  maxout,
  maxPool,
  mlp,
  type Network,
  type Norm,
  normScratch,
  normShape,
  norms,
  sampleShapeOf,
} from "../../src/index.js";
import { everyLayer } from "../support/everyLayer.js";
import { hosts } from "../support/hosts.js";
import { normSubject } from "../support/normSubject.js";
import { samples } from "../support/samples.js";

const measured: readonly Norm[] = [...Object.values(norms), lp(3)];

const image = { channels: 2, height: 5, width: 4 };

const networks: Readonly<Record<string, Network>> = {
  ...everyLayer,
  linear: linear({ inputDim: 7 }),
  "relu, 2 layers": mlp({ widths: [7, 5, 1], activation: "relu" }),
  "squared relu, 3 layers": mlp({ widths: [7, 4, 3, 1], activation: { reluPower: 2 } }),
  "first layer frozen": mlp({ widths: [7, 5, 1], activation: "relu", frozenLayers: [0] }),
  "last layer frozen": mlp({ widths: [7, 5, 1], activation: "relu", frozenLayers: [1] }),
  "three classes": mlp({ widths: [7, 5, 3], activation: "relu" }),
  "bias in the first layer": layers({ input: 7, layers: [dense({ units: 5, bias: true }), "relu", dense({ units: 1 })] }),
  "biases everywhere": layers({
    input: 7,
    homogeneity: "measured",
    layers: [dense({ units: 5, bias: true }), "silu", dense({ units: 2, bias: true })],
  }),
  "shared weights": layers({
    input: 7,
    layers: [dense({ units: 7, weights: "w" }), "relu", dense({ units: 7, weights: "w" }), "abs", dense({ units: 1 })],
  }),
  "shared weights, one use of them on the inputs and one beside it": layers({
    input: 7,
    layers: [branches({ sum: [[dense({ units: 4, weights: "w" })], [dense({ units: 4, weights: "w" }), "relu"]] }), dense({ units: 3 })],
  }),
  branches: layers({
    input: 7,
    layers: [
      dense({ units: 4 }),
      branches({
        sum: [
          [dense({ units: 3 }), { leakyRelu: 0.5 }],
          [dense({ units: 3, frozen: true }), diagonal()],
        ],
      }),
      dense({ units: 1 }),
    ],
  }),
  "diagonal linear": layers({ input: 7, layers: [diagonal(), diagonal({ bias: true }), dense({ units: 1 })], homogeneity: "measured" }),
  maxout: layers({ input: 7, layers: [dense({ units: 6 }), maxout({ pieces: 2 }), dense({ units: 1 })] }),
  "convolution with a bias": layers({
    input: image,
    layers: [conv2d({ channels: 3, size: 3, padding: 1, bias: true }), "relu", maxPool({ size: 2 }), dense({ units: 1 })],
  }),
  "convolutions with one matrix, several classes": layers({
    input: image,
    layers: [
      conv2d({ channels: 2, size: 3, padding: 1, weights: "w" }),
      { reluPower: 2 },
      conv2d({ channels: 2, size: 3, stride: 2, weights: "w" }),
      globalPool({ of: "average" }),
      dense({ units: 3 }),
    ],
  }),
};

/** Seeds of nine samples, as a loss of several classes might give them. */
const seedsOf = (outputs: number): Float64Array => samples({ seed: 11, sampleCount: 9, inputDim: outputs }).inputs;

function bind(network: Network, data: LabelledData, factory: KernelFactory) {
  const shape = normShape(network.layout);
  const hybrid = maxOf(shape.blocks.map((_, i) => (i === 0 ? norms.spectral : norms.linf)));
  const size = largestOf([...measured, hybrid].map((norm) => normScratch(norm, shape)));
  const plan = new ArenaPlan().span(network.layout.totalCount).span(shape.length).region(size);
  network.plan(plan, sampleShapeOf(data), "training");
  if (network.outputs > 1) plan.span(9 * network.outputs);
  const arena = plan.allocate(factory);
  const parameters = arena.span(network.layout.totalCount);
  const spare = arena.span(shape.length);
  const scratch = arena.region(size);
  const trainer = network.trainer(arena, parameters, data);
  initialise(arena.kernels, network, parameters, { law: "normalFanIn", scale: 1 }, 5);
  trainer.forward();
  if (network.outputs > 1) {
    const seeds = arena.span(9 * network.outputs);
    seeds.view.set(seedsOf(network.outputs));
    trainer.backward(seeds);
  } else trainer.backward();
  const largest = (norm: Norm): number => trainer.maxSampleGradient(bindNorm(arena.kernels, norm, shape, scratch), spare);
  return { parameters, shape, hybrid, largest };
}

describe.each(hosts)("sample gradients on the $host", ({ kernels }) => {
  describe.each([1, 0.3])("inputs of density %d", (density) => {
    test.each(Object.entries(networks))("%s: the largest dual norm over the samples is the one found by brute force", (_name, network) => {
      const { inputDim, outputs } = network;
      const data = samples({ seed: 4, sampleCount: 9, inputDim, density });
      const { parameters, shape, hybrid, largest: found } = bind(network, data, kernels);
      const subject = arrayNetwork(network, data, kernels);
      const theta = parameters.view.slice(0, network.layout.parameterCount);
      const seeds = outputs > 1 ? seedsOf(outputs) : new Float64Array(9).fill(1);
      const gradients = Array.from({ length: 9 }, (_, i) =>
        subject.gradient(
          theta,
          seeds.map((seed, k) => (Math.floor(k / outputs) === i ? seed : 0)),
        ),
      );
      for (const norm of [...measured, hybrid]) {
        const plain = normSubject(norm, kernels, () => [...shape.blocks]);
        const largest = Math.max(...gradients.map((gradient) => plain.dualNorm(gradient)));
        expect(largest).toBeGreaterThan(0);
        expect(Math.abs(found(norm) - largest), norm.id).toBeLessThanOrEqual(evaluationError(theta.length) * largest);
      }
    });
  });

  test("compressed and plain inputs give the same bits: scores, gradients, row values", () => {
    const narrow = samples({ seed: 6, sampleCount: 9, inputDim: 7, density: 0.7 });
    const wide = { ...narrow, inputDim: 21, inputs: new Float64Array(9 * 21) }; // 14 more columns of zeros: below half full, so compressed
    for (let i = 0; i < 9; i++) wide.inputs.set(narrow.inputs.subarray(i * 7, i * 7 + 7), i * 21);
    const plain = arrayNetwork(mlp({ widths: [7, 5, 1], activation: "relu" }), narrow, kernels);
    const compressed = arrayNetwork(mlp({ widths: [21, 5, 1], activation: "relu" }), wide, kernels);
    const theta = samples({ seed: 7, sampleCount: 40, inputDim: 1 }).inputs;
    const wideTheta = new Float64Array(21 * 5 + 5).fill(0.25);
    for (let j = 0; j < 5; j++) wideTheta.set(theta.subarray(j * 7, j * 7 + 7), j * 21);
    wideTheta.set(theta.subarray(35), 105);
    expect(compressed.scores(wideTheta)).toEqual(plain.scores(theta));
    const coefficients = samples({ seed: 8, sampleCount: 9, inputDim: 1 }).inputs;
    const gradient = plain.gradient(theta, coefficients);
    const wideGradient = compressed.gradient(wideTheta, coefficients);
    for (let j = 0; j < 5; j++) {
      expect(wideGradient.subarray(j * 21, j * 21 + 7)).toEqual(gradient.subarray(j * 7, j * 7 + 7));
      expect(wideGradient.subarray(j * 21 + 7, j * 21 + 21)).toEqual(new Float64Array(14));
    }
    expect(wideGradient.subarray(105)).toEqual(gradient.subarray(35));
  });

  test.each([1, 2, 3, 4, 5, 6])("the row values of compressed inputs are those of the plain rows, bit for bit, seed %i", (seed) => {
    const data = samples({ seed, sampleCount: 12, inputDim: 23, density: 0.4 });
    const { largest } = bind(linear({ inputDim: 23 }), data, kernels);
    for (const norm of [norms.l1, norms.l2, norms.linf]) {
      const plain = normSubject(norm, kernels);
      const rows = Array.from({ length: 12 }, (_, i) => data.inputs.subarray(i * 23, (i + 1) * 23));
      expect(largest(norm)).toBe(Math.max(...rows.map((row) => plain.dualNorm(row))));
    }
  });
});
