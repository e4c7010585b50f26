import { describe, expect, test } from "vitest";
import {
  adam,
  constant,
  DataError,
  DefinitionError,
  DimensionError,
  linear,
  lossBased,
  marginPaced,
  mlp,
  norms,
  powerLaw,
  recordPoints,
  steepestDescent,
  Training,
  type TrainOptions,
} from "../../src/index.js";
import { linearByHand, reluByHand } from "../support/handProblem.js";
import { hosts } from "../support/hosts.js";
import { type Refusal, testRefusals, untyped } from "../support/refusal.js";

const host = hosts[1]!;
const start = (change: Partial<TrainOptions>, base: TrainOptions = linearByHand) => new Training({ ...base, ...change }, host);
const unnormalised = steepestDescent({ norm: norms.l2, normalized: false });
const refusals: readonly Refusal[] = [
  [
    "no width",
    () => mlp({ widths: [], activation: "relu" }),
    DefinitionError,
    "mlp.widths: must hold at least [inputDim, outputs], got []",
    "widths",
  ],
  [
    "width 0",
    () => mlp({ widths: [2, 0, 1], activation: "relu" }),
    DefinitionError,
    "widths[1]: must be an integer >= 1, got 0",
    "widths[1]",
  ],
  ["width 2.5", () => mlp({ widths: [2, 2.5, 1], activation: "relu" }), DefinitionError, "must be an integer >= 1, got 2.5", "widths[1]"],
  ["input dimension 0", () => linear({ inputDim: 0 }), DefinitionError, "must be an integer >= 1, got 0", "inputDim"],
  ["unknown activation", () => mlp({ widths: [2, 1], activation: untyped("sigmoid") }), DefinitionError, 'got "sigmoid"', "activation"],
  [
    "relu^1.3",
    () => mlp({ widths: [2, 1], activation: { reluPower: 1.3 } }),
    DefinitionError,
    "must be a multiple of 1/2 in [1, 32], got 1.3",
    "activation.reluPower",
  ],
  [
    "relu^1/2",
    () => mlp({ widths: [2, 1], activation: { reluPower: 0.5 } }),
    DefinitionError,
    "in [1, 32], got 0.5",
    "activation.reluPower",
  ],
  [
    "leaky slope 0",
    () => mlp({ widths: [2, 1], activation: { leakyRelu: 0 } }),
    DefinitionError,
    "activation.leakyRelu: must be finite and > 0, got 0",
    "activation.leakyRelu",
  ],
  [
    "all layers frozen",
    () => mlp({ widths: [2, 3, 1], activation: "relu", frozenLayers: [0, 1] }),
    DefinitionError,
    "at least one layer must be trainable",
    "frozenLayers",
  ],
  [
    "no such layer",
    () => mlp({ widths: [2, 3, 1], activation: "relu", frozenLayers: [2] }),
    DefinitionError,
    "there is no layer 2, the last is 1",
    "frozenLayers",
  ],

  ["step size 0", () => constant({ size: 0 }), DefinitionError, "step.size: must be finite and > 0, got 0", "step.size"],
  ["step size NaN", () => constant({ size: Number.NaN }), DefinitionError, "step.size: must be finite and > 0, got NaN", "step.size"],
  [
    "negative step size",
    () => lossBased({ size: -1, rollback: false }),
    DefinitionError,
    "step.size: must be finite and > 0, got -1",
    "step.size",
  ],
  [
    "infinite step size",
    () => powerLaw({ size: Infinity, exponent: 0 }),
    DefinitionError,
    "step.size: must be finite and > 0, got Infinity",
    "step.size",
  ],
  [
    "step size as text",
    () => constant({ size: untyped("0.1") }),
    DefinitionError,
    'step.size: must be finite and > 0, got "0.1"',
    "step.size",
  ],
  ["negative exponent", () => powerLaw({ size: 1, exponent: -1 }), DefinitionError, "must be finite and >= 0, got -1", "step.exponent"],
  ["pace 0", () => marginPaced({ c: 0 }), DefinitionError, "step.c: must be finite and > 0, got 0", "step.c"],

  ["beta1 of 1", () => adam({ beta1: 1, beta2: 0.9, epsilon: 0 }), DefinitionError, "beta1: must be in [0, 1), got 1", "beta1"],
  ["negative beta2", () => adam({ beta1: 0, beta2: -0.1, epsilon: 0 }), DefinitionError, "beta2: must be in [0, 1), got -0.1", "beta2"],
  [
    "negative epsilon",
    () => adam({ beta1: 0, beta2: 0, epsilon: -1e-8 }),
    DefinitionError,
    "epsilon: must be finite and >= 0, got -1e-8",
    "epsilon",
  ],
  [
    "norm by name",
    () => steepestDescent({ norm: untyped("linf"), normalized: true }),
    DefinitionError,
    "must be a norm such as norms.linf",
    "steepestDescent.norm",
  ],
  [
    "normalized left out",
    () => steepestDescent(untyped({ norm: norms.l2 })),
    DefinitionError,
    "normalized: must be true or false, got undefined",
    "normalized",
  ],
  [
    "unknown smoothing",
    () => steepestDescent({ norm: norms.l1, normalized: true, smoothing: untyped("some") }),
    DefinitionError,
    'got "some"',
    "smoothing",
  ],

  [
    "margin-paced and unnormalised",
    () => start({ optimizer: unnormalised, step: marginPaced({ c: 1 }) }),
    DefinitionError,
    "step.rule: marginPaced is for a normalised optimiser, got steepest, whose steps scale with the gradient",
    "step.rule",
  ],
  [
    "loss-based and normalised",
    () => start({ step: lossBased({ size: 1, rollback: false }) }),
    DefinitionError,
    "step.rule: lossBased is for unnormalised steepest descent, got steepest, whose steps do not scale with the gradient",
    "step.rule",
  ],
  [
    "loss-based adam",
    () => start({ step: lossBased({ size: 1, rollback: false }), optimizer: adam({ beta1: 0, beta2: 0, epsilon: 0 }) }),
    DefinitionError,
    "got adam",
    "step.rule",
  ],

  [
    "init scale 0 at degree 2",
    () => start({ init: { law: "normalFanIn", scale: 0 } }, reluByHand),
    DefinitionError,
    "init.scale: must be > 0 for a network of degree 2, got 0",
    "init.scale",
  ],
  [
    "negative init scale",
    () => start({ init: { law: "normalFanIn", scale: -1 } }),
    DefinitionError,
    "init.scale: must be finite and >= 0, got -1",
    "init.scale",
  ],
  [
    "unknown init law",
    () => start({ init: { law: untyped("xavier"), scale: 1 } }),
    DefinitionError,
    'init.law: must be one of uniformFanIn, uniformInverseFanIn, normalFanIn, signFanIn, got "xavier"',
    "init.law",
  ],
  ["too many parameters", () => start({ init: new Float64Array(3) }), DimensionError, "init: has length 3, expected 2", "init"],
  [
    "infinite parameter",
    () => start({ init: Float64Array.of(1, Infinity) }),
    DefinitionError,
    "init: entry 1 is Infinity, expected finite parameters",
    "init",
  ],

  [
    "one class",
    () => start({ data: { ...linearByHand.data, labels: [1, 1] } }),
    DataError,
    "data: every label is 1, expected samples of both classes",
    "data.labels",
  ],
  [
    "label 0",
    () => start({ data: { ...linearByHand.data, labels: [1, 0] } }),
    DataError,
    "data: label of sample 1 must be -1 or +1, got 0",
    "data.labels",
  ],
  [
    "no samples",
    () => start({ data: { inputs: new Float64Array(0), inputDim: 2, labels: [] } }),
    DataError,
    "data: has no samples",
    "data",
  ],
  [
    "input NaN",
    () => start({ data: { ...linearByHand.data, inputs: Float64Array.of(1, 0, 0, Number.NaN) } }),
    DataError,
    "data: input 1 of sample 1 is NaN",
    "data.inputs",
  ],
  [
    "one input too few",
    () => start({ data: { ...linearByHand.data, inputs: new Float64Array(3) } }),
    DimensionError,
    "data: inputs has length 3, expected 2 samples x 2",
    "data.inputs",
  ],
  [
    "test data of another label",
    () => start({ testData: { ...linearByHand.data, labels: [2, 1] } }),
    DataError,
    "testData: label of sample 0 must be -1 or +1, got 2",
    "testData.labels",
  ],
  [
    "network of another width",
    () => start({ network: linear({ inputDim: 3 }), init: new Float64Array(3) }),
    DimensionError,
    "mlp: the data has 2 input columns, the network expects 3",
    "inputDim",
  ],

  ["seed 1.5", () => start({ seed: 1.5 }), DefinitionError, "seed: must be an integer >= 0, got 1.5", "seed"],
  [
    "stop after -1 steps",
    () => start({ stop: { steps: -1 } }),
    DefinitionError,
    "stop.steps: must be an integer >= 0, got -1",
    "stop.steps",
  ],
  [
    "stop below NaN",
    () => start({ stop: { logRiskBelow: Number.NaN } }),
    DefinitionError,
    "stop.logRiskBelow: must be finite, got NaN",
    "stop.logRiskBelow",
  ],
  [
    "0 points per decade",
    () => recordPoints(host.kernels(0), { perDecade: 0 }),
    DefinitionError,
    "record.perDecade: must be an integer >= 1, got 0",
    "record.perDecade",
  ],
  [
    "record at 0.5",
    () => recordPoints(host.kernels(0), { perDecade: 1, at: [1, 0.5] }),
    DefinitionError,
    "record.at[1]: must be an integer >= 0, got 0.5",
    "record.at[1]",
  ],
];

describe("what has no meaning is refused where it is built", () => {
  testRefusals(refusals);

  test("what has a meaning at the edge is accepted", () => {
    expect(start({ init: { law: "uniformFanIn", scale: 0 } }).point().norm.l2).toBe(0);
    expect(start({ testData: { ...linearByHand.data, labels: [1, 1] } }).point().testAccuracy).toBe(0.5);
    expect(adam({ beta1: 0, beta2: 0, epsilon: 0 }).id).toBe("adam");
    expect(start({ step: marginPaced({ c: 1 }), optimizer: adam({ beta1: 0, beta2: 0, epsilon: 0 }) }).step).toBe(0);
  });
});
