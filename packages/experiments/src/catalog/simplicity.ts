import type { ArmDefinition } from "../definition/arm.js";
import type { Claim, Quantity } from "../definition/claim.js";
import type { CatalogEntry } from "./entry.js";

const source = "Vasudeva, Lee, Sharan, Soltanolkotabi 2025 (arXiv:2505.24022), smaller and with drawn second layers, which are frozen";
const accuracy = (arm: string): Quantity => ({ arm, probe: "testAccuracy", at: "end" });

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

/** Colours predict the class in training and mislead in the test: the test accuracy says how much a network looks at the digit. */
function patch(side: number, claims: readonly Claim[]): CatalogEntry {
  return {
    definition: {
      ...presentation,
      id: `simplicity-patch-${side}`,
      source: `${source}: MNIST 0 against 1 and 2 at 14 x 14, 1000 images, 100 units, a coloured patch of ${side} x ${side} that is flipped in the test; published for 2 x 2: 66.6 % for SGD, 86.0 % for Adam`,
      question: "does Adam look at more than the patch?",
      dataset: {
        kind: "colorPatchMnist",
        classes: [0, [1, 2]],
        trainSize: 1000,
        pool: 2,
        patch: side,
        agreement: 1,
        testPatch: "flipped",
      },
      network: { kind: "mlp", hidden: [100], activation: "relu", frozenLayers: [1], init: { law: "uniformFanIn", scale: 0.1 } },
      arms: arms({ gradient: 0.1, adam: 1e-4 }, { batch: { size: 100, order: "shuffled" } }),
      stop: { steps: 2000 },
      claims: [{ left: accuracy("adam"), relation: ">", right: accuracy("gradient") }, ...claims],
    },
    quick: { seeds: [0] },
  };
}

/** The ordering is the published one, the accuracies are not: a patch of this size misleads our network less. */
export const simplicityPatch2: CatalogEntry = patch(2, [
  { left: accuracy("gradient"), relation: ">", right: 0.8 },
  { left: accuracy("adam"), relation: ">", right: 0.93 },
]);

/** With a patch of 3 x 3 gradient descent is where the paper has it with one of 2 x 2. */
export const simplicityPatch3: CatalogEntry = patch(3, [
  { quantity: accuracy("gradient"), published: 0.666, within: { relative: 0.1 } },
  { quantity: accuracy("adam"), published: 0.86, within: { relative: 0.1 } },
]);

/**
 * One Gaussian cluster between two. Published, with 5000 samples and 1000 units: gradient descent stays linear, and Adam is ahead by .2 to .6 %. Here neither
 * is ahead, since gradient descent does not stay linear: the best line through 0 has 93.3 %, the best two half-lines from 0 have 94.9 %, and both get to
 * 94.6 .. 94.8 %.
 */
export const simplicityMixture: CatalogEntry = {
  definition: {
    ...presentation,
    id: "simplicity-mixture",
    source: `${source}: the three-cluster mixture, 1000 samples and 100 units instead of 5000 and 1000; published: Adam ahead by .32 %`,
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
