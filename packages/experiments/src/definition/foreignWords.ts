/**
 * Words of PyTorch and optax with their names here; a word that is a key of the same object is only a hint, one that is not is explained.
 */
const words: Readonly<Record<string, string>> = {
  bias: 'homogeneous networks only: layers have no biases; "constant": 1 in a data set of the plane adds a coordinate that stands for one',
  biases:
    'homogeneous networks only: layers have no biases; "constant": 1 in a data set of the plane adds a coordinate that stands for one',
  lr: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
  learning_rate: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
  learningRate: 'the step rule of the arm holds it: "step": { "rule": "constant", "size": 0.01 }',
  betas: 'written as "beta1" and "beta2", of the optimizers adam, adamW, lion',
  eps: 'written as "epsilon"',
  weight_decay: 'written as "decay", of the optimizers that have one (adamW, lion, muon, signum and others)',
  weightDecay: 'written as "decay", of the optimizers that have one (adamW, lion, muon, signum and others)',
  epochs: 'a run is measured in steps: "stop": { "steps": 5000 }',
  num_epochs: 'a run is measured in steps: "stop": { "steps": 5000 }',
  batch_size: 'each arm holds it: "batch": { "size": 10, "order": "shuffled" }; without it every step sees all samples',
  batchSize: 'each arm holds it: "batch": { "size": 10, "order": "shuffled" }; without it every step sees all samples',
  seed: 'written as a list: "seeds": [0]',
  layers: 'written as the widths of the hidden layers: "hidden": [64, 64]',
  hidden_sizes: 'written as the widths of the hidden layers: "hidden": [64, 64]',
  model: 'written as "network"',
  data: 'written as "dataset"',
  optimizers: 'each arm holds its own: "arms": { "gradient": { "optimizer": ..., "step": ... } }',
  optimizer: 'each arm holds its own: "arms": { "gradient": { "optimizer": ..., "step": ... } }',
  sgd: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }; with momentum { "kind": "heavyBall", ... }',
  gd: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }',
  gradientdescent: 'gradient descent is { "kind": "steepest", "norm": "l2", "normalized": false }',
  signgd: 'sign descent is { "kind": "steepest", "norm": "linf", "normalized": true, "smoothing": "none" }',
  signsgd: 'sign descent is { "kind": "steepest", "norm": "linf", "normalized": true, "smoothing": "none" }',
};

/** The name here of a word of another library; undefined for other words. */
export function foreignWord(word: string): string | undefined {
  const found = Object.keys(words).find((known) => known.toLowerCase() === word.toLowerCase());
  return found === undefined ? undefined : words[found];
}
