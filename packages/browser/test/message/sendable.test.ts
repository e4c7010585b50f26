import { readdirSync, readFileSync } from "node:fs";
import * as publicNames from "@steepest/core";
import {
  adam,
  averagePool,
  backtracking,
  branches,
  byLayer,
  constant,
  conv2d,
  cosine,
  dense,
  diagonal,
  flatten,
  globalPool,
  l2Of,
  layerKinds,
  layers,
  linear,
  linearDecay,
  lineSearch,
  lossBased,
  losses,
  lp,
  marginPaced,
  maxOf,
  maxout,
  maxPool,
  meanReduction,
  mlp,
  momentumDescent,
  type Network,
  normOf,
  norms,
  type Optimizer,
  optimizers,
  plainNorm,
  plainOptimizer,
  powerLaw,
  recipeOf,
  type StepRule,
  steepestDescent,
  sumOf,
  type TrainOptions,
  train,
  warmUp,
  weighted,
} from "@steepest/core";
import { factories } from "@steepest/core/internal";
import { referenceKernels } from "@steepest/reference";
import { describe, expect, test } from "vitest";
import { received } from "../../src/message/received.js";
import { sendable } from "../../src/message/sendable.js";
import { bitsOf } from "../fixture/bits.js";
import { cases } from "../fixture/cases.js";

const sent = <T>(value: T): T => received(structuredClone(sendable(value, "sent"))) as T;

const adamOptions = { beta1: 0.8, beta2: 0.9, epsilon: 1e-8 };
const sign = steepestDescent({ norm: norms.linf, normalized: true, smoothing: "none" });
const plain = steepestDescent({ norm: norms.l2, normalized: false, smoothing: "none" });
const withNorm = (norm: TrainOptions["optimizer"]["ownNorm"]): Optimizer => momentumDescent({ norm, momentum: 0.5, nesterov: true });

const everyOptimizer: Readonly<Record<string, Optimizer>> = {
  ...Object.fromEntries(Object.values(optimizers).flatMap(({ examples }) => Object.entries(examples(0)))),
  l2Of: withNorm(l2Of([norms.l1, norms.l2])),
  lp: withNorm(lp(3)),
  lpDual: withNorm(lp(3).dual),
  maxOf: withNorm(maxOf([norms.spectral, norms.l1], [1, 3])),
  maxOfDual: withNorm(maxOf([norms.spectral, norms.l1], [1, 3]).dual),
  sumOf: withNorm(sumOf([lp(3), norms.nuclear], [2, 1])),
  weighted: withNorm(weighted(norms.linf, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
};

const steps: Readonly<Record<string, readonly [Optimizer, StepRule]>> = {
  backtracking: [sign, backtracking({ relativeSize: 0.1, tolerance: 1e-9 })],
  constant: [sign, constant({ size: 0.01 })],
  cosine: [sign, cosine({ size: 0.01, steps: 40, final: 0.001, warmUp: 3 })],
  linearDecay: [sign, linearDecay({ size: 0.01, steps: 40, final: 0.001, warmUp: 3 })],
  lineSearch: [sign, lineSearch({ size: 0.1, sufficientDecrease: 0.1 })],
  lossBased: [plain, lossBased({ size: 0.1, rollback: true })],
  marginPaced: [sign, marginPaced({ c: 0.5, gradients: "exact" })],
  powerLaw: [sign, powerLaw({ size: 0.1, exponent: 0.5 })],
  warmUp: [sign, warmUp({ size: 0.1, steps: 7 })],
};

/** Networks whose options hold parts in lists, and in lists of lists. */
const layered: Readonly<Record<string, Network>> = {
  "a small CNN": layers({
    input: { channels: 2, height: 5, width: 4 },
    layers: [
      conv2d({ channels: 3, size: 3, padding: 1, bias: true }),
      { leakyRelu: 0.1 },
      maxPool({ size: 2, stride: 1 }),
      averagePool({ size: 2 }),
      flatten(),
      dense({ units: 1 }),
    ],
  }),
  "branches in branches, biases everywhere": layers({
    input: 4,
    homogeneity: "measured",
    layers: [
      branches({
        sum: [[], [dense({ units: 4, bias: true }), "silu", branches({ sum: [[diagonal()], [dense({ units: 4, weights: "w" })]] })]],
      }),
      dense({ units: 4, weights: "w", frozen: false }),
      maxout({ pieces: 2 }),
      dense({ units: 1 }),
    ],
  }),
  "global pooling": layers({
    input: { channels: 1, height: 3, width: 3 },
    layers: [conv2d({ channels: 2, size: 2 }), "abs", globalPool({ of: "max" }), dense({ units: 1 })],
  }),
};

const problem = {
  network: mlp({ widths: [2, 4, 1], activation: { reluPower: 1.5 } }),
  data: cases.sign.data,
  loss: losses.logistic,
  init: { law: "normalFanIn", scale: 0.5 },
  seed: 11,
  stop: { steps: 12 },
} as const;

function rowsOf(options: TrainOptions): string {
  return bitsOf([...train(options, { perDecade: 20 }, { kernels: referenceKernels })]);
}

describe("what was sent trains to the same bits", () => {
  test.each(Object.keys(everyOptimizer))("with the optimiser %s", (name) => {
    const options: TrainOptions = { ...problem, optimizer: everyOptimizer[name]!, step: constant({ size: 0.01 }) };
    expect(rowsOf(sent(options))).toBe(rowsOf(options));
  });

  test.each(Object.keys(steps))("with the step rule %s", (name) => {
    const [optimizer, step] = steps[name]!;
    const options: TrainOptions = { ...problem, optimizer, step };
    expect(rowsOf(sent(options))).toBe(rowsOf(options));
  });

  test("with the linear model and a mean", () => {
    const [optimizer, step] = steps.constant!;
    const options: TrainOptions = {
      ...problem,
      network: linear({ inputDim: 2 }),
      loss: meanReduction(losses.exponential),
      optimizer,
      step,
    };
    expect(sent(options)).toMatchObject({ network: { kind: "linear" }, loss: { id: "exponential", reduction: "mean" } });
    expect(rowsOf(sent(options))).toBe(rowsOf(options));
  });

  test.each(Object.keys(layered))("with layers: %s", (name) => {
    const network = layered[name]!;
    const [optimizer, step] = steps.constant!;
    const inputs = Float64Array.from({ length: 6 * network.inputDim }, (_, i) => ((i * 7) % 11) - 4.5);
    const data = { inputs, inputDim: network.inputDim, labels: [1, -1, 1, -1, -1, 1] };
    const options: TrainOptions = { ...problem, network, data, optimizer, step };
    expect(sent(options).network.layout).toEqual(network.layout);
    expect(rowsOf(sent(options))).toBe(rowsOf(options));
  });

  test("with every norm of the registry, as the very same value", () => {
    expect(sent(norms)).toEqual(norms);
    for (const norm of Object.values(norms)) expect(sent(norm)).toBe(norm);
  });
});

const core = new URL("../../../core/src/", import.meta.url);
const files = ["layer", "network", "norm", "loss", "optimizer", "step"].flatMap((folder) =>
  readdirSync(new URL(folder, core)).map((name) => `${folder}/${name}`),
);
const sources = files.filter((name) => name.endsWith(".ts")).map((name) => readFileSync(new URL(name, core), "utf8"));

describe("every factory of the core", () => {
  const matches = (pattern: RegExp): string[] => sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!));
  const known = Object.keys(factories).sort();

  test("that records its calls is known to the worker, and covered here", () => {
    expect([...new Set(matches(/(?:recorded|poolLayer)\(\s*"(\w+)"/g))].sort()).toEqual(known);
    const examples = Object.values(layerKinds).flatMap((member) => Object.values(member.examples()));
    const texts = [...Object.values(everyOptimizer), ...Object.values(steps).flat(), ...Object.values(layered), ...examples].map((part) =>
      JSON.stringify(sendable(part, "part")),
    );
    const covered = texts.flatMap((text) => [...text.matchAll(/"factory":"(\w+)"/g)].map(([, name]) => name!));
    expect([...new Set([...covered, "linear", "meanReduction", "mlp"])].sort()).toEqual(known);
  });

  test("that makes a part of TrainOptions records its calls, unless it takes functions", () => {
    const made = matches(/^export function (\w+)(?:<[^>]*>)?\([^)]*\): (?:Layer|Network|Norm|Loss|L|Optimizer|StepRule) \{/gm);
    const takingFunctions = ["byLayer", "plainNorm", "plainOptimizer"];
    const readingText = ["normFrom", "normFromText", "normOf"]; // they call the others
    const offered = made.filter((name) => Object.hasOwn(publicNames, name));
    expect(offered.filter((name) => ![...takingFunctions, ...readingText].includes(name)).sort()).toEqual(known);
  });
});

describe("recipes", () => {
  test("hold what the call was given, not what became of it", () => {
    const widths = [2, 3, 1];
    const diagonal = Float64Array.of(1, 2);
    const [network, norm] = [mlp({ widths, activation: "relu" }), weighted(norms.l1, diagonal)];
    widths[1] = 9;
    diagonal[0] = 9;
    expect(recipeOf(network)).toEqual({ factory: "mlp", args: [{ widths: [2, 3, 1], activation: "relu" }] });
    expect(recipeOf(norm)).toEqual({ factory: "weighted", args: [norms.l1, Float64Array.of(1, 2)] });
  });

  test.each([
    ["copies", { ...adam(adamOptions), id: "mine" }],
    ["what has them as its prototype", Object.create(adam(adamOptions), { id: { value: "mine" } }) as Optimizer],
  ])("are not inherited by %s, which are refused", (_, copy) => {
    expect(recipeOf(copy)).toBeUndefined();
    expect(() => sendable({ optimizer: copy }, "options")).toThrow(/^options\.optimizer: mine was not made by a factory/);
  });
});

test.each([
  ["a function", [() => 1], "options.x[0]: is a function"],
  ["a class instance", new Map(), "options.x: was not made by a factory"],
  ["an optimiser chosen by a function", byLayer("own", () => ({ optimizer: sign, scale: 1 }), "nowhere"), "options.x: own was not"],
  [
    "an optimiser of a function",
    plainOptimizer({ id: "mine", lengthUnit: "unit", direction: ({ gradient }) => gradient }),
    "options.x: mine was not made by a factory",
  ],
  [
    "a norm of a module",
    withNorm(normOf({ module: "./mine.mjs", facts: { id: "mine", sha256: "0".repeat(64) } })),
    "options.x: momentumDescent[0].norm: module(mine) was not made by a factory",
  ],
  [
    "a norm of functions deep inside",
    withNorm(plainNorm({ id: "mine", norm: () => 0, dualNorm: () => 0, lmo: (g) => g })),
    "options.x: momentumDescent[0].norm: mine was not",
  ],
])("%s is refused with its path", (_, x, message) => {
  expect(() => sendable({ x }, "options")).toThrow(message);
});

test("of a view of a part of a buffer, only that part is sent", () => {
  const wide = Float64Array.from({ length: 1000 }, (_, i) => i);
  const part = sendable(wide.subarray(10, 12), "options") as Float64Array;
  expect(part).toEqual(Float64Array.of(10, 11));
  expect(part.buffer.byteLength).toBe(16);
  expect(sendable(wide, "options")).toBe(wide);
});
