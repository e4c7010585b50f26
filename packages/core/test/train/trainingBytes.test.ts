import type { KernelFactory } from "@steepest/kernels";
import { describe, expect, test } from "vitest";
import {
  ArenaFullError,
  adam,
  constant,
  type LabelledData,
  linear,
  losses,
  marginPaced,
  mlp,
  muon,
  norms,
  type Samples,
  sampleShapeOf,
  shampoo,
  steepestDescent,
  Training,
  type TrainOptions,
  trainingBytes,
} from "../../src/index.js";
import { measurements, mostKernelBytes } from "../../src/internal.js";
import { hosts } from "../support/hosts.js";
import { samples } from "../support/samples.js";

const factory: KernelFactory = hosts[0]!.kernels;

/** Bytes that a training allocates; of several memories (mini-batches draw in their own) the largest, which is the training's. */
function askedFor(options: TrainOptions): number {
  const asked: number[] = [];
  new Training(options, {
    kernels: (bytes) => {
      asked.push(bytes);
      return factory(bytes);
    },
  });
  return Math.max(...asked);
}

const optimizer = steepestDescent({ norm: norms.l2, normalized: true, smoothing: "none" });
const data: LabelledData = samples({ seed: 1, sampleCount: 23, inputDim: 7 });
const withIdle: LabelledData = { ...data, inputs: data.inputs.map((x, i) => (i % 7 === 2 || i % 7 === 5 ? 0 : x)) };
const wide = { network: mlp({ widths: [7, 12, 5, 1], activation: "relu" }), init: { law: "normalFanIn", scale: 1 } } as const;
const base = { ...wide, data, loss: losses.exponential, optimizer, step: marginPaced({ c: 1 }), seed: 1 } as const;

const cases: Readonly<Record<string, TrainOptions>> = {
  "a multilayer perceptron": base,
  "a linear model": { ...base, network: linear({ inputDim: 7 }) },
  "a frozen layer": { ...base, network: mlp({ widths: [7, 12, 1], activation: "relu", frozenLayers: [0] }) },
  "one tracked norm": { ...base, track: [norms.l1] },
  "test data": { ...base, testData: samples({ seed: 2, sampleCount: 11, inputDim: 7 }) },
  "mini-batches": { ...base, batch: { size: 5, order: "cyclic" } },
  "variance-reduced gradients": { ...base, batch: { size: 5, order: "cyclic", varianceReduced: {} } },
  Adam: { ...base, optimizer: adam({ beta1: 0.9, beta2: 0.99, epsilon: 0 }) },
  Shampoo: { ...base, step: constant({ size: 1 }), optimizer: shampoo({ exponent: "quarter", accumulate: true, epsilon: 1e-4 }) },
  "a later phase": {
    ...base,
    phases: [{ when: "separation", optimizer: muon({ momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" }) }],
  },
  "a measured network and its limit": {
    ...base,
    network: mlp({ widths: [7, 12, 5, 1], activation: "silu", homogeneity: "measured" }),
    data: withIdle,
    measure: ["eulerDefect", "homogenizedMargin"],
  },
  "everything that can be measured": { ...base, data: withIdle, batch: { size: 5, order: "cyclic" }, measure: measurements },
  "idle input columns": { ...base, data: withIdle },
  "sparse samples": { ...base, data: { ...data, inputs: data.inputs.map((x, i) => (i % 3 === 0 ? x : 0)) } },
};

/** Columns in which some sample is not zero. */
function usedColumns({ inputs, inputDim }: Samples): number {
  return new Set([...inputs.keys()].filter((i) => inputs[i] !== 0).map((i) => i % inputDim)).size;
}

describe("the memory of a training", () => {
  test.each(Object.entries(cases))("is known from the sizes alone: %s", (_, options) => {
    const { data: train, testData } = options;
    const expected = { ...sampleShapeOf(train), usedColumns: usedColumns(train) };
    expect(trainingBytes(options, expected, testData && sampleShapeOf(testData))).toBe(askedFor(options));
  });

  test("is a number for sizes of any magnitude, and nothing is allocated for it", () => {
    const huge = 9e15;
    const network = mlp({ widths: [huge, huge, 1], activation: "relu" });
    const shape = { sampleCount: huge, inputDim: huge, nonzeroCount: huge * huge, usedColumns: huge };
    const bytes = trainingBytes({ ...base, network }, shape);
    expect(bytes).toBeGreaterThan(8 * huge * huge);
    expect(bytes).toBeLessThan(Infinity);
  });

  test("that cannot be addressed is refused before anything of that size is made", () => {
    const { network: _, ...others } = base;
    const asked: number[] = [];
    const host = { kernels: (bytes: number) => factory(asked.push(bytes)) };
    for (const width of [2e7, 1e9, 9e15]) {
      const training = () => new Training({ ...others, network: mlp({ widths: [7, width, 1], activation: "relu" }) }, host);
      expect(training).toThrow(ArenaFullError);
      expect(training).toThrow(`at most ${mostKernelBytes} can be addressed`);
    }
    expect(asked).toEqual([]);
  });
});
