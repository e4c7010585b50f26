import type { ArmDefinition } from "../definition/arm.js";
import type { Quantity } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";

const source = "Vasudeva, Lee, Sharan, Soltanolkotabi 2025 (arXiv:2505.24022), smaller";
const accuracy = (arm: string): Quantity => ({ arm, probe: "testAccuracy", at: "end" });
const agreement = (arm: string): Quantity => ({ arm, probe: "linearAgreement", at: "end" });

function arms(sizes: Readonly<Record<"gradient" | "adam", number>>, batch: Pick<ArmDefinition, "batch">): Record<string, ArmDefinition> {
  return {
    gradient: {
      label: "gradient descent",
      optimizer: { kind: "steepest", norm: "l2", normalized: false },
      step: { rule: "constant", size: sizes.gradient },
      ...batch,
    },
    adam: {
      label: "Adam β = (.9, .9999), ε = 1e-8",
      optimizer: { kind: "adam", beta1: 0.9, beta2: 0.9999, epsilon: 1e-8 },
      step: { rule: "constant", size: sizes.adam },
      ...batch,
    },
  };
}

const presentation = {
  loss: { kind: "logistic", reduction: "mean" },
  seeds: [0, 1, 2],
  record: { probes: ["logRisk", "trainAccuracy", "testAccuracy"], pointsPerDecade: 16 },
  figure: [
    { probe: "testAccuracy", scale: "linear" },
    { probe: "logRisk", scale: "linear" },
  ],
} as const;

/**
 * Colours predict the class in training and mislead in the test: the test accuracy says how much a network looks at the digit. Gradient descent ends where a linear
 * model ends that it trains beside the network, Adam does not, and looks at more than the patch: the published finding. The three seeds have test accuracies of 69.9, 57.8 and 77.2 %
 * against 93.9, 91.3 and 94.5 % (published: 66.6 against 86.0 %), and agree with their linear models on 99.3, 98.6 and 99.3 % of the test images against 95.3, 92.9 and
 * 95.9 % (published: 95.5 against 84.0 %, with a linear model of which we do not know how it was trained). But Adam's linear models are right on 96.2 to 96.5 %, more
 * than its networks: what keeps Adam from the patch needs no hidden unit, and its networks differ from them by looking at the patch more.
 *
 * The frozen second layer of ±1/√m decides: drawn from U(-.1/√m, .1/√m), the same steps end at a loss a hundred times as large, and gradient descent
 * at 90 %. Of other differences that we tried, one at a time, in PyTorch on another draw (56.1 and 93.3 %), all images instead of 1000 bring gradient descent to 66.3 %, and
 * with 1000 units, too, to 65.9 and 82.8 %, with agreements of 98.8 and 85.4 %: the published numbers but for a few percent. Pixels scaled to mean 0 (30.4 and 85.3 % in
 * units of their deviation), a patch in the middle (29.8 and 88.9 %), two colour channels (29.6 and 88.1 %), a brighter patch (0 and 67.9 %) and five times as many
 * steps (30.0 and 78.3 %) are further away; batches of 32 or 1000, biases, a normal start of 1e-3 and the other channels kept under the patch change less than .02.
 */
export const simplicityPatch: CatalogEntry = {
  definition: {
    ...presentation,
    id: "simplicity-patch",
    source: `${source}: MNIST 0 against 1 and 2 at 14 x 14, 1000 images, 500 units, a coloured patch of 2 x 2 that is flipped in the test; published: 66.6 % for SGD, 86.0 % for Adam, and agreement with a linear model of 95.5 and 84.0 %`,
    question: "does Adam look at more than the patch, and is it further from a linear model?",
    dataset: { kind: "colorPatchMnist", classes: [0, [1, 2]], trainSize: 1000, pool: 2, patch: 2, agreement: 1, testPatch: "flipped" },
    network: {
      kind: "mlp",
      hidden: [500],
      activation: "relu",
      frozenLayers: [1],
      init: { law: "uniformFanIn", scale: 0.1, frozen: { law: "signFanIn", scale: 1 } },
    },
    arms: arms({ gradient: 0.1, adam: 1e-4 }, { batch: { size: 100, order: "shuffled" } }),
    stop: { steps: 2000 },
    record: { probes: ["logRisk", "trainAccuracy", "testAccuracy", "linearAgreement", "linearTestAccuracy"], pointsPerDecade: 8 },
    claims: [
      { left: accuracy("adam"), relation: ">", right: accuracy("gradient") },
      { quantity: accuracy("gradient"), published: 0.666, within: { relative: 0.15 } },
      { quantity: accuracy("adam"), published: 0.86, within: { relative: 0.15 } },
      { left: agreement("gradient"), relation: ">", right: 0.97 },
      { left: { arm: "adam", probe: "linearTestAccuracy", at: "end" }, relation: ">", right: accuracy("adam") },
      { left: agreement("adam"), relation: "<", right: agreement("gradient"), factor: 0.98 },
    ],
    figure: [
      { probe: "testAccuracy", scale: "linear" },
      { probe: "linearAgreement", scale: "linear", from: 0.8 },
      { probe: "linearTestAccuracy", scale: "linear" },
      { probe: "logRisk", scale: "linear" },
    ],
  },
  quick: { seeds: [0] },
};

/**
 * One Gaussian cluster between two. Published, with 5000 samples and 1000 units: gradient descent stays linear, and Adam is ahead by .2 to .6 %. Here neither
 * is ahead, since gradient descent does not stay linear: the best line through 0 has 93.3 %, the best two half-lines from 0 have 94.9 %, and both get to
 * 94.6 .. 94.8 %. With a second layer of ±1/√m and the published rates, .1 and 1e-4, both have got there after 10 000 steps (94.58 and 94.69 % on seed 0), and agree equally
 * little with the linear models that they train beside themselves (93.9 and 95.3 %).
 */
export const simplicityMixture: CatalogEntry = {
  definition: {
    ...presentation,
    id: "simplicity-mixture",
    source: `${source} and with drawn second layers, which are frozen: the three-cluster mixture, 1000 samples and 100 units instead of 5000 and 1000; published: Adam ahead by .32 %`,
    question: "is Adam ahead of gradient descent on three clusters?",
    dataset: {
      kind: "gaussianMixture",
      inputDim: 2,
      clusters: [
        { class: 0, mean: [-0.3, 0], deviation: [0.2, 0.15], weight: 2 },
        { class: 1, mean: [0.3, 0.6], deviation: [0.2, 0.15], weight: 1 },
        { class: 1, mean: [0.3, -0.6], deviation: [0.2, 0.15], weight: 1 },
      ],
      trainSize: 1000,
      testSize: 20_000,
    },
    network: { kind: "mlp", hidden: [100], activation: "relu", frozenLayers: [1], init: { law: "uniformFanIn", scale: 0.01 } },
    arms: arms({ gradient: 1000, adam: 0.03 }, {}),
    stop: { steps: 2000 },
    claims: [
      { left: accuracy("gradient"), relation: ">", right: 0.94 },
      { left: accuracy("adam"), relation: ">", right: 0.94 },
      { left: accuracy("adam"), relation: "<=", right: accuracy("gradient"), factor: 1.002 },
      { left: accuracy("adam"), relation: ">=", right: accuracy("gradient"), factor: 0.994 },
    ],
  },
  quick: { seeds: [0] },
};
