import { activations, type LossId, losses } from "@steepest/core";
import { type DatasetFiles, type ExperimentDefinition, type ImageSet, layerKinds } from "@steepest/experiments";
import { type Case, exact, of, steepest } from "./pytorchCases.js";

type Network = ExperimentDefinition["network"];
type Entry = Extract<Network, { readonly kind: "layers" }>["layers"][number];

/** Images of digits that nobody wrote: pixels from a linear congruential generator, the same in every run. */
function imageSet(count: number): ImageSet {
  let state = 1;
  const pixels = Uint8Array.from({ length: count * 784 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { rows: 28, columns: 28, pixels, labels: Uint8Array.from({ length: count }, (_, i) => i % 10) };
}

export const drawnImages: DatasetFiles = { images: async () => ({ train: imageSet(60), test: imageSet(20) }) };

const init = { law: "uniformFanIn", scale: 1 } as const;
const layers = (...entries: readonly Entry[]): Network => ({ kind: "layers", layers: entries, homogeneity: "measured", init });

const images = { dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 8, pool: 2 } } as const;
const digits = { dataset: { kind: "mnist", classes: "each", trainSize: 20, testSize: 1, pool: 2 } } as const;
const moons = { dataset: { kind: "moons", trainSize: 12, noise: 0.1, constant: 0 } } as const;
const inClasses = {
  dataset: { kind: "gaussianClasses", inputDim: 5, classes: 4, meanNorm: 3, deviation: 0.4, trainSize: 16, testSize: 0 },
} as const;
const short = { rule: "constant", size: 0.05 } as const;
const few = { stop: { steps: 20 } };

/** Networks whose derivatives have no kink near, so that what rounding becomes stays small: 20 steps, the numbers of Steepest to 1e-10. */
function within(optimizer: Parameters<typeof of>[0], step: Parameters<typeof of>[1], changes: Partial<ExperimentDefinition>): Case {
  return { ...of(optimizer, step, { ...few, ...changes }), within: 1e-10 };
}

const family = 1.5; // in the range of every family's parameter

export const activationChoices: Readonly<Record<string, Entry>> = Object.fromEntries(
  Object.entries(activations).map(([id, member]) => [id, ("make" in member ? { [id]: family } : id) as Entry]),
);

const ofActivations = Object.entries(activationChoices).map(([id, choice]): [string, Case] => [
  `the activation ${id}`,
  within(steepest("l2"), short, {
    ...moons,
    network: layers({ kind: "dense", units: 5, bias: true }, choice, { kind: "dense", units: 4 }, choice),
  }),
]);

const first: Entry = { kind: "conv2d", channels: 2, size: 3, padding: 1, bias: true };

const ofLayers = Object.entries(layerKinds).flatMap(([kind, { examples }]) =>
  examples.map((example, i): [string, Case] => [
    `the layer ${kind}, example ${i + 1}`,
    within(steepest("l2"), short, { ...images, network: layers(first, "abs", example as Entry) }),
  ]),
);

const ofLosses = (Object.keys(losses) as LossId[]).flatMap((id): [string, Case][] => [
  [
    `the loss ${id}`,
    within(steepest("l2"), short, { ...moons, loss: { kind: id, reduction: "sum" }, network: layers({ kind: "dense", units: 4 }, "gelu") }),
  ],
  [
    `the loss ${id} of classes, a mean`,
    within(steepest("spectral"), short, {
      ...inClasses,
      loss: { kind: id, reduction: "mean" },
      network: layers({ kind: "dense", units: 4 }, "silu"),
    }),
  ],
]);

const residual: Entry = { kind: "branches", sum: [[{ kind: "dense", units: 4, bias: true }, "silu"], [{ kind: "dense", units: 4 }]] };
const skip: Entry = { kind: "branches", sum: [[], [{ kind: "conv2d", channels: 2, size: 3, padding: 1 }, "relu"]] };
const cnn = layers(
  { kind: "conv2d", channels: 3, size: 3, padding: 1, bias: true },
  "relu",
  { kind: "maxPool", size: 2 },
  { kind: "conv2d", channels: 4, size: 3, stride: 2 },
  "relu",
  { kind: "flatten" },
);
const shared = layers({ kind: "dense", units: 5 }, "tanh", { kind: "dense", units: 5, weights: "both" }, "silu", {
  kind: "dense",
  units: 5,
  weights: "both",
});
const soap = { kind: "soap", beta1: 0.9, beta2: 0.95, epsilon: 1e-3, period: 3 } as const;
const squared = { loss: { kind: "squared", reduction: "sum" } } as const;

const written: Readonly<Record<string, Case>> = {
  "a CNN, paced": within(steepest("l2"), exact, { ...images, network: cnn }),
  "a CNN of ten classes, Adam": within(
    { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 },
    { rule: "constant", size: 0.002 },
    { ...digits, network: cnn },
  ),
  "a CNN, SOAP": of(soap, { rule: "constant", size: 0.002 }, { ...few, ...images, network: cnn }),
  "a CNN with an identity skip, its first filters frozen": within(steepest("spectral"), exact, {
    ...images,
    network: layers({ ...first, frozen: true } as Entry, skip, { kind: "globalPool", of: "max" }),
  }),
  "biases everywhere, paced": within(steepest("l2"), exact, {
    ...moons,
    network: layers({ kind: "dense", units: 5, bias: true }, "softplus", { kind: "dense", units: 4, bias: true }, "tanh"),
  }),
  "biases everywhere of several classes, paced, signs": within(steepest("linf"), exact, {
    ...inClasses,
    network: layers({ kind: "dense", units: 5, bias: true }, { leakyRelu: 0.3 }, { kind: "dense", units: 4, bias: true }, "silu"),
  }),
  "branches, paced in the spectral norm": within(steepest("spectral"), exact, {
    ...inClasses,
    network: layers({ kind: "dense", units: 4 }, residual),
  }),
  "shared weights, paced": within(steepest("l2"), exact, { ...moons, network: shared }),
  "diagonal layers, one frozen, paced": within(steepest("l2"), exact, {
    ...inClasses,
    network: layers({ kind: "diagonal" }, { kind: "diagonal", frozen: true }, { kind: "diagonal", bias: true }),
  }),
  "maxout, Muon": within({ kind: "muon", momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "aspect" }, short, {
    ...inClasses,
    network: layers({ kind: "dense", units: 12 }, { kind: "maxout", pieces: 3 }),
  }),
  "squared loss, a line search": within(
    steepest("l2"),
    { rule: "lineSearch", size: 0.5, sufficientDecrease: 0.1 },
    { ...moons, ...squared },
  ),
  "squared loss down to no risk at all": {
    ...of(
      steepest("l2", false),
      { rule: "constant", size: 0.5 },
      {
        ...squared,
        dataset: {
          kind: "points",
          inputs: [
            [1, 1],
            [1, -1],
          ],
          labels: [1, -1],
          constant: 0,
        },
        network: { kind: "linear", init: { law: "uniformFanIn", scale: 0 } },
      },
    ),
    within: 0,
  },
  "SOAP, a wide layer, with null directions": of(
    { ...soap, period: 2 },
    { rule: "constant", size: 0.02 },
    { ...inClasses, ...few, network: layers({ kind: "dense", units: 9 }, "tanh", { kind: "dense", units: 3 }) },
  ),
  "SOAP, every step": of(
    { ...soap, period: 1, epsilon: 0.1 },
    { rule: "constant", size: 1 },
    {
      dataset: { kind: "gaussianClasses", inputDim: 4, classes: 4, meanNorm: 3, deviation: 0.4, trainSize: 16, testSize: 0 },
      network: { kind: "linear", init: { law: "normalFanIn", scale: 1 } },
      stop: { steps: 60 },
    },
  ),
};

/** Networks of layers of every kind, every activation and every loss. */
export const casesOfLayers: Readonly<Record<string, Case>> = {
  ...Object.fromEntries([...ofActivations, ...ofLayers, ...ofLosses]),
  ...written,
};
