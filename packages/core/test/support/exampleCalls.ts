import { ArenaPlan } from "@steepest/kernels";
import * as core from "../../src/index.js";
import { linearByHand } from "./handProblem.js";
import { hosts } from "./hosts.js";

const { norms, losses } = core;
export const host = hosts[1]!;
const gradient = core.steepestDescent({ norm: norms.l2, normalized: true });
const someAdam = { beta1: 0.9, beta2: 0.99, epsilon: { log: -18 }, epsilonPlacement: "inside" } as const;
export const someMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
const draw = { seed: 1, stream: 7, count: 3 };
const phases = [{ when: { step: 3 }, step: core.constant({ size: 1 }) }];
export const trainOptions: core.TrainOptions = {
  ...linearByHand,
  testData: linearByHand.data,
  init: { law: "normalFanIn", scale: 1 },
  phases: [...phases, { when: { logRiskBelow: -9 }, optimizer: gradient }],
  batch: { size: 1, order: "cyclic" },
  stop: { steps: 3, logRiskBelow: -30 },
};

export type Call = readonly unknown[];

/** Calls of every exported function that is given options, with every option somewhere. */
export const callsWithOptions: Readonly<Record<string, readonly Call[]>> = {
  activation: [[{ leakyRelu: 0.1 }], [{ reluPower: 2 }]],
  adaGrad: [[{ epsilon: 1, epsilonPlacement: "inside" }]],
  adam: [[someAdam]],
  adamW: [[{ ...someAdam, decay: 0.1 }]],
  backtracking: [[{ relativeSize: 0.1, tolerance: 0 }]],
  clipped: [[gradient, { norm: norms.l2, length: 1 }]],
  constant: [[{ size: 1 }]],
  cosine: [[{ size: 1, steps: 9, final: 0.1, warmUp: 3 }]],
  coupledDecay: [[gradient, { log: -3 }]],
  directionOf: [
    [{ newtonSchulz: { coefficients: [[2, -1.5, 0.5]], steps: 2 } }],
    [{ polarExpress: { steps: 5, lower: 0.1 } }],
    [{ randomSpectrum: { low: 0.5, high: 2, seed: 1 } }],
    [{ sign: { spectralPower: 0.5 } }],
  ],
  drawNormal: [[host.kernels, draw]],
  drawSubset: [[host.kernels, [1, 2, 3], draw]],
  drawUniform: [[host.kernels, draw]],
  heavyBall: [[{ momentum: 0.9, nesterov: false }]],
  dense: [[{ units: 3, bias: true, frozen: true, weights: "shared" }]],
  conv2d: [[{ channels: 2, size: 3, stride: 1, padding: 1, bias: true, frozen: true, weights: "shared" }]],
  maxPool: [[{ size: 2, stride: 1 }]],
  averagePool: [[{ size: 2, stride: 1 }]],
  globalPool: [[{ of: "max" }]],
  diagonal: [[{ bias: true, frozen: true, weights: "shared" }]],
  maxout: [[{ pieces: 2 }]],
  branches: [[{ sum: [[], [core.dense({ units: 4 }), "relu"]] }]],
  layers: [[{ input: { channels: 1, height: 2, width: 2 }, layers: [core.dense({ units: 1 }), "relu"], homogeneity: "measured" }]],
  linear: [[{ inputDim: 3, outputs: 2 }]],
  linearDecay: [[{ size: 1, steps: 9, final: 0.1, warmUp: 3 }]],
  lineSearch: [[{ size: 1, sufficientDecrease: 0.1 }]],
  lion: [[{ beta1: 0.9, beta2: 0.9 }]],
  lossBased: [[{ size: 1, rollback: true }]],
  marginPaced: [[{ c: 0.1, gradients: "bound" }]],
  mirrorDescent: [
    [{ potential: { kind: "quadratic" } }],
    [{ potential: { kind: "power", p: 3 } }],
    [{ potential: { kind: "hyperbolicEntropy", beta: 1 } }],
  ],
  mlp: [[{ widths: [2, 3, 1], activation: { leakyRelu: 0.1 }, frozenLayers: [0], homogeneity: "exact" }]],
  momentumDescent: [[{ norm: norms.l2, momentum: 0.9, nesterov: true }]],
  muon: [[someMuon]],
  muonAdam: [[{ muon: someMuon, adam: someAdam, rowScale: 1 }]],
  muonSignum: [[{ muon: someMuon, signum: { momentum: 0.9 }, rowScale: 1 }]],
  normFrom: [[{ sum: ["l1", "l2"], weights: [1, 2] }]],
  normOf: [
    [{ lp: 3 }],
    [{ max: ["l1", { lp: 3 }], weights: [1, 2] }],
    [{ sum: ["l1", "l2"], weights: [1, 2] }],
    [{ l2: ["l1", "l2"], weights: [1, 2] }],
    [{ weighted: "l2", diagonal: [1, 2] }],
  ],
  powerLaw: [[{ size: 1, exponent: 0.5 }]],
  progressiveRescaling: [[gradient, { period: 3, growth: 2 }]],
  recordPoints: [[host.kernels(0), { perDecade: 3, at: [1] }]],
  rmsProp: [[{ decay: 0.9, epsilon: 1, momentum: 0, epsilonPlacement: "inside" }]],
  scion: [[{ norm: norms.l2, momentum: 0.9, radius: 3 }]],
  shampoo: [[{ exponent: "sequentialHalf", accumulate: true, epsilon: 1 }]],
  signum: [[{ momentum: 0.9 }]],
  steepestDescent: [[{ norm: norms.linf, normalized: true, smoothing: "none" }]],
  Training: [[trainOptions, host]],
  train: [[trainOptions, { perDecade: 3, at: [1] }, host]],
  warmUp: [[{ size: 1, steps: 3 }]],
};

const kernels = host.kernels(64 * 1024);
const { network, data } = linearByHand;
const shape = core.normShape(network.layout);
const spanAt = (i: number): core.Span => {
  const ptr = kernels.arenaBase + 64 * i;
  return { ptr, length: 2, view: new Float64Array(kernels.buffer, ptr, 2) };
};
const [theta, ghat] = [spanAt(0), spanAt(1)];
theta.view.set([3, -4]);
ghat.view.set([-1, 1]);
const region = { ptr: kernels.arenaBase + 1024, bytes: 4096 };
const ofAlignment = { kernels, theta, ghat, normOfTheta: 5, dualNormOfGhat: 1.5 };
const training = new core.Training({ ...linearByHand, stop: { steps: 0 } }, host);
const arena = new ArenaPlan().scratch(4096).allocate(host.kernels);
const hypot = (v: Float64Array): number => Math.hypot(...v);

/** Calls of every exported function that takes no options: of values, norms, optimisers and texts. A new function belongs here or above. */
export const callsWithoutOptions: Readonly<Record<string, readonly Call[]>> = {
  alignment: [[ofAlignment]],
  arrayNetwork: [[network, data, host.kernels]],
  arrayNorm: [[norms.l2, host.kernels, () => []]],
  arrayOptimizer: [[gradient, shape, host.kernels]],
  bindNorm: [[kernels, norms.l2, shape, region]],
  bindNormIn: [[arena, norms.l2, shape]],
  byLayer: [["mine", () => ({ optimizer: gradient, scale: 1 }), "a source"]],
  canonicalJson: [[{ a: 1 }]],
  kktResidual: [[{ ...ofAlignment, norm: "l2", degree: 1, sampleMargins: [3, 4], weights: [0.7, 0.3] }]],
  contradictionText: [[{ zero: [1], opposed: [[0, 1]] }, data]],
  contradictionsOf: [[data]],
  decodeJson: [["[1]"]],
  decoupledDecay: [[gradient, 0.1, { margin: norms.l2, source: "a source" }]],
  drive: [[training, { perDecade: 3, at: [1] }, host, 16, { told: { lastPoint: 0, warnings: ["chatter"] } }]],
  encodeNumber: [[1]],
  initialise: [[kernels, network, theta, { law: "normalFanIn", scale: 1 }, 0]],
  isSteepestError: [[new Error("x")]],
  l2Of: [
    [
      [norms.l1, norms.l2],
      [1, 2],
    ],
  ],
  lossFrame: [[kernels, 0.9]],
  lp: [[3]],
  pythonSnippet: [["x = 1", core.pythonSnippet("y = 2")]],
  SteepestError: [["x", { path: "x" }]],
  marginOf: [[kernels, 3, 5, 1]],
  maxOf: [
    [
      [norms.l1, norms.l2],
      [1, 2],
    ],
  ],
  meanReduction: [[losses.logistic]],
  normExpressionFromText: [["max(l1,l2)"]],
  normFromText: [["max(l1,l2)"]],
  normScratch: [[norms.l2, shape]],
  normShape: [[network.layout]],
  plainNorm: [[{ id: "mine", norm: hypot, dualNorm: hypot, lmo: (g: Float64Array) => g, projectBall: (x: Float64Array) => x }]],
  plainOptimizer: [[{ id: "mine", lengthUnit: "gradient", direction: ({ gradient }: { gradient: Float64Array }) => gradient }]],
  planNorm: [[new ArenaPlan(), norms.l2, shape]],
  recipeOf: [[gradient]],
  sampleShapeOf: [[data]],
  sumOf: [
    [
      [norms.l1, norms.l2],
      [1, 2],
    ],
  ],
  supportSamples: [[[1, 2], 0.1]],
  trainingBytes: [
    [
      { network, optimizer: gradient, track: [norms.l1], batch: { size: 1, order: "cyclic" } },
      { sampleCount: 2, inputDim: 2, nonzeroCount: 2, usedColumns: 2 },
      core.sampleShapeOf(data),
    ],
  ],
  weighted: [[norms.l2, [1, 2]]],
  ArenaFullError: [["x", { path: "x" }]],
  DataError: [["x", { path: "x" }]],
  DefinitionError: [["x", { path: "x" }, []]],
  DimensionError: [["x", { path: "x" }]],
  KernelLoadError: [["x", { path: "x" }]],
  EndedTraining: [[training, linearByHand, host, training.point()]],
};

const onArrays = core.arrayNorm(norms.l2, host.kernels, (length) => [{ offset: 0, rows: 1, columns: length }]);
const optimizerOnArrays = core.arrayOptimizer(gradient, shape, host.kernels);
const networkOnArrays = core.arrayNetwork(network, data, host.kernels);
const [x, z] = [Float64Array.of(3, -4), Float64Array.of(0.6, -0.8)];

/** Calls of the plain functions that the array forms of norms, optimisers and networks consist of. */
export const methods: Readonly<Record<string, { readonly call: (...args: never) => unknown; readonly args: Call }>> = {
  "arrayNorm().norm": { call: onArrays.norm, args: [x] },
  "arrayNorm().dualNorm": { call: onArrays.dualNorm, args: [x] },
  "arrayNorm().lmo": { call: onArrays.lmo, args: [x] },
  "arrayNorm().projectBall": { call: onArrays.projectBall, args: [x, 1] },
  "arrayNorm().prox": { call: onArrays.prox, args: [x, 1] },
  "arrayNorm().subgradientGap": { call: onArrays.subgradientGap, args: [x, z] },
  "arrayOptimizer().aim": { call: optimizerOnArrays.aim, args: [x, z, -1] },
  "arrayOptimizer().move": { call: optimizerOnArrays.move, args: [x, { size: 1, logScale: 0 }] },
  "arrayNetwork().scores": { call: networkOnArrays.scores, args: [x] },
  "arrayNetwork().gradient": { call: networkOnArrays.gradient, args: [x, z] },
  "Training.kktResidual": { call: (norm: core.Norm) => training.kktResidual(norm), args: [norms.l2] },
};
