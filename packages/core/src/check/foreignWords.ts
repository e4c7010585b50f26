import { requireOneOf, requireText } from "./require.js";

/** The name here of a word of another library, for a caller of factories and for a writer of definitions. */
interface ForeignWord {
  readonly definition: string;
  /** Absent for words that only definitions meet. */
  readonly code?: string;
}

const smooth =
  'not homogeneous, so that no margin is defined for it: write "relu", { "leakyRelu": 0.01 }, { "reluPower": 2 } for squares of the ReLU, or "identity"';
const crossEntropy = 'write "logistic", the binary cross-entropy of a score: labels are -1 and 1, one output';
const noFrame = 'losses with an exponential tail only: write "logistic" or "exponential"';
const perArm = 'each arm holds its own: "arms": { "gradient": { "optimizer": ..., "step": ... } }';
const fanIn =
  'uniformFanIn with "scale": 1 draws from U(-1 / sqrt(fan-in), 1 / sqrt(fan-in)), as torch.nn.Linear does; normalFanIn with "scale": 1.414 is Kaiming\'s normal law';
const evenDecay = 'step rules are constant, warmUp, powerLaw and others (steepest list steps); "phases" change the rule within a run';

/** Words of PyTorch and optax with their names here; lower and upper case are one. */
const words: Readonly<Record<string, ForeignWord>> = {
  leaky_relu: { definition: 'write { "leakyRelu": 0.01 }, with the slope below 0' },
  leakyRelu: { definition: 'write { "leakyRelu": 0.01 }, with the slope below 0' },
  relu2: { definition: 'write { "reluPower": 2 }' },
  squared_relu: { definition: 'write { "reluPower": 2 }' },
  linear: { definition: 'write "identity"' },
  exp: { definition: 'write "exponential"' },
  log: { definition: 'write "logistic"' },
  mnist: { definition: 'two digits of it: { "kind": "mnistPair", "digits": [3, 6], "trainSize": 100 }' },
  cifar10: { definition: 'no such data here: mnistPair is two digits of MNIST, "points" holds samples of your own' },
  csv: {
    definition:
      'samples stand in the definition itself: { "kind": "points", "inputs": [[1, 2], [-1, -2]], "labels": [1, -1], "constant": 0 }',
  },
  custom: {
    definition:
      'samples stand in the definition itself: { "kind": "points", "inputs": [[1, 2], [-1, -2]], "labels": [1, -1], "constant": 0 }',
  },
  make_moons: { definition: 'write "moons"' },
  make_circles: { definition: 'write "circles"' },
  blobs: { definition: 'write "separable"' },
  gain: { definition: 'written as "scale"' },
  std: { definition: 'written as "scale": the deviation is scale / sqrt(fan-in)' },
  l3: { definition: 'write { "lp": 3 }' },
  inf: { definition: 'write "linf"' },
  fro: { definition: 'write "l2", of all weights together' },
  frobenius: { definition: 'write "l2", of all weights together' },
  euclidean: { definition: 'write "l2"' },
  max: { definition: 'write "linf"' },
  operator: { definition: 'write "spectral"' },
  fixed: { definition: 'write "constant"' },
  size: { definition: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }' },
  step_size: { definition: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }' },
  b1: { definition: 'written as "beta1"' },
  b2: { definition: 'written as "beta2"' },
  name: { definition: 'written as "id"; an arm is named by its key in "arms"' },
  criterion: { definition: 'written as "loss"' },
  loss_fn: { definition: 'written as "loss"' },
  architecture: { definition: 'written as "network"' },
  net: { definition: 'written as "network"' },
  task: { definition: 'written as "dataset"' },
  train: { definition: 'the definition itself holds "seeds", "stop" and "record"' },
  training: { definition: 'the definition itself holds "seeds", "stop" and "record"' },
  metrics: { definition: 'written as "record": { "probes": ["logRisk", "margin.linf"], "pointsPerDecade": 24 }' },
  logging: { definition: 'written as "record": { "probes": ["logRisk", "margin.linf"], "pointsPerDecade": 24 }' },
  log_every: { definition: 'rows are at even distances of log(step): "record": { "probes": [...], "pointsPerDecade": 24 }' },
  steps: { definition: 'a run ends by "stop": { "steps": 5000 }' },
  max_steps: { definition: 'a run ends by "stop": { "steps": 5000 }' },
  num_steps: { definition: 'a run ends by "stop": { "steps": 5000 }' },
  iterations: { definition: 'a run ends by "stop": { "steps": 5000 }' },
  max_iter: { definition: 'a run ends by "stop": { "steps": 5000 }' },
  n: { definition: 'written as "trainSize"' },
  n_samples: { definition: 'written as "trainSize"' },
  num_samples: { definition: 'written as "trainSize"' },
  samples: { definition: 'written as "trainSize"' },
  x: { definition: 'written as "inputs", in { "kind": "points", ... }' },
  y: { definition: 'written as "labels": -1 or 1 per sample' },
  targets: { definition: 'written as "labels": -1 or 1 per sample' },
  classes: { definition: 'two classes, labelled -1 and 1; of MNIST: "digits": [3, 6]' },
  width: { definition: 'written as the widths of the hidden layers: "hidden": [64, 64]' },
  widths: { definition: 'written as the widths of the hidden layers: "hidden": [64, 64]; the data decide the first, the last is 1' },
  depth: { definition: 'written as the widths of the hidden layers: "hidden": [64, 64]' },
  num_layers: { definition: 'written as the widths of the hidden layers: "hidden": [64, 64]' },
  hidden_dim: { definition: 'written as the widths of the hidden layers: "hidden": [64]' },
  hidden_size: { definition: 'written as the widths of the hidden layers: "hidden": [64]' },
  logistic_regression: { definition: 'write { "kind": "linear", ... }, with the loss "logistic"' },
  bias: {
    definition:
      'homogeneous networks only: layers have no biases; "constant": 1 in a data set of the plane adds a coordinate that stands for one',
    code: "homogeneous networks only: layers have no biases; a further input that is always 1 stands for one",
  },
  biases: {
    definition:
      'homogeneous networks only: layers have no biases; "constant": 1 in a data set of the plane adds a coordinate that stands for one',
    code: "homogeneous networks only: layers have no biases; a further input that is always 1 stands for one",
  },
  lr: {
    definition: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
    code: "the step rule holds it: step: constant({ size: 0.01 })",
  },
  learning_rate: {
    definition: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
    code: "the step rule holds it: step: constant({ size: 0.01 })",
  },
  learningRate: {
    definition: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
    code: "the step rule holds it: step: constant({ size: 0.01 })",
  },
  betas: {
    definition: 'written as "beta1" and "beta2", of the optimizers adam, adamW, lion',
    code: "written as beta1 and beta2, of adam, adamW and lion",
  },
  eps: { definition: 'written as "epsilon"', code: "written as epsilon, of adam, adamW, rmsProp, adaGrad and shampoo" },
  weight_decay: {
    definition: 'written as "decay", of the optimizers that have one (adamW, lion, muon, signum and others)',
    code: "decoupled decay is decoupledDecay(optimizer, lambda), or the option decay of adamW",
  },
  weightDecay: {
    definition: 'written as "decay", of the optimizers that have one (adamW, lion, muon, signum and others)',
    code: "decoupled decay is decoupledDecay(optimizer, lambda), or the option decay of adamW",
  },
  epochs: {
    definition: 'a run is measured in steps: "stop": { "steps": 5000 }',
    code: "a run is measured in steps: stop: { steps: 5000 } of the training",
  },
  num_epochs: {
    definition: 'a run is measured in steps: "stop": { "steps": 5000 }',
    code: "a run is measured in steps: stop: { steps: 5000 } of the training",
  },
  wd: {
    definition: 'written as "decay", of the optimizers that have one (adamW, lion, muon, signum and others)',
    code: "decoupled decay is decoupledDecay(optimizer, lambda), or the option decay of adamW",
  },
  roll: { definition: 'written as "rollback", of the step rule lossBased', code: "written as rollback, of lossBased" },
  gelu: { definition: smooth },
  tanh: { definition: smooth },
  sigmoid: { definition: smooth },
  silu: { definition: smooth },
  swish: { definition: smooth },
  softplus: { definition: smooth },
  elu: { definition: smooth },
  selu: { definition: smooth },
  mish: { definition: smooth },
  BCEWithLogitsLoss: { definition: crossEntropy },
  BCELoss: { definition: crossEntropy },
  bce: { definition: crossEntropy },
  binary_cross_entropy: { definition: crossEntropy },
  CrossEntropyLoss: { definition: crossEntropy },
  cross_entropy: { definition: crossEntropy },
  crossEntropy: { definition: crossEntropy },
  nll: { definition: crossEntropy },
  NLLLoss: { definition: crossEntropy },
  softmax_cross_entropy: { definition: crossEntropy },
  SoftMarginLoss: { definition: crossEntropy },
  mse: { definition: noFrame },
  MSELoss: { definition: noFrame },
  l2loss: { definition: noFrame },
  hinge: { definition: noFrame },
  HingeEmbeddingLoss: { definition: noFrame },
  kaiming: { definition: fanIn },
  kaiming_uniform: { definition: fanIn },
  kaiming_normal: { definition: fanIn },
  he: { definition: fanIn },
  he_normal: { definition: fanIn },
  xavier: { definition: fanIn },
  xavier_uniform: { definition: fanIn },
  xavier_normal: { definition: fanIn },
  glorot: { definition: fanIn },
  normal: { definition: fanIn },
  gaussian: { definition: fanIn },
  uniform: { definition: fanIn },
  cosine: { definition: evenDecay },
  scheduler: { definition: evenDecay },
  schedule: { definition: evenDecay },
  lr_scheduler: { definition: evenDecay },
  in_features: { definition: "the data decide it" },
  out_features: { definition: "networks have one output, the score" },
  device: { definition: "steepest computes on the CPU, in float64: leave it out" },
  dtype: { definition: "steepest computes on the CPU, in float64: leave it out" },
  cnn: { definition: "so far multilayer perceptrons and linear models" },
  conv: { definition: "so far multilayer perceptrons and linear models" },
  transformer: { definition: "so far multilayer perceptrons and linear models" },
  batch_size: { definition: 'each arm holds it: "batch": { "size": 10, "order": "shuffled" }; without it every step sees all samples' },
  batchSize: { definition: 'each arm holds it: "batch": { "size": 10, "order": "shuffled" }; without it every step sees all samples' },
  seed: { definition: 'written as a list: "seeds": [0]' },
  layers: { definition: 'written as the widths of the hidden layers: "hidden": [64, 64]' },
  hidden_sizes: { definition: 'written as the widths of the hidden layers: "hidden": [64, 64]' },
  model: { definition: 'written as "network"' },
  data: { definition: 'written as "dataset"' },
  optimizers: { definition: perArm },
  optimizer: { definition: perArm },
  sgd: {
    definition: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }; with momentum { "kind": "heavyBall", ... }',
  },
  gd: { definition: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }' },
  gradientdescent: { definition: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }' },
  signgd: { definition: 'sign descent is { "kind": "steepest", "norm": "linf", "normalized": true, "smoothing": "none" }' },
  signsgd: { definition: 'sign descent is { "kind": "steepest", "norm": "linf", "normalized": true, "smoothing": "none" }' },
};

/**
 * The name here of a word of another library.
 *
 * @param word  an option or key that is not known
 * @param form  "code" for options of factories, "definition" for keys of a definition
 * @returns advice, or undefined for other words
 */
export function foreignWord(word: string, form: keyof ForeignWord): string | undefined {
  requireText("word", word);
  requireOneOf("form", form, ["definition", "code"]);
  const found = Object.keys(words).find((known) => known.toLowerCase() === word.toLowerCase());
  return found === undefined ? undefined : words[found]![form];
}
