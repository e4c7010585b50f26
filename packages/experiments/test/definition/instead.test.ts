import type { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import {
  datasets,
  definitionJsonSchema,
  type ExperimentDefinition,
  isLabelled,
  networks,
  optimizers,
  parseDefinition,
  pathsReadBy,
  stepRules,
} from "../../src/index.js";
import { onTargets } from "../support/regression.js";
import { changed, tiny } from "../support/tiny.js";

/** "path: hint" of everything that is told about a definition. */
function hints(value: unknown): string[] {
  try {
    parseDefinition(value);
  } catch (error) {
    return (error as DefinitionError).issues.map(({ path, hint }) => `${path}: ${hint}`);
  }
  return [];
}

const plain = { ...tiny, claims: [], figure: [] };

/** A definition in which one thing is written as in another program, and what to write instead. */
const foreign: readonly (readonly [at: string, value: unknown, hint: string | RegExp])[] = [
  ["loss", "exponential", 'write "loss": { "kind": "exponential", "reduction": "sum" }'],
  ["loss", "Logistic", 'write "loss": { "kind": "logistic", "reduction": "sum" }'],
  ["loss/kind", "BCEWithLogitsLoss", /^write "logistic"/],
  ["loss/kind", "CrossEntropyLoss", /^write "logistic"/],
  ["loss/kind", "mse", /^write "squared", half the sum/],
  ["loss/kind", "crossEntropy", /^write "logistic"/],
  ["loss/kind", "categorical_crossentropy", /^write "logistic"/],
  ["loss/kind", "ce", /^write "logistic"/],
  ["loss/kind", "huber", /exponential tail/],
  ["arms/sign/optimizer/kind", "adamw", 'did you mean "adamW"?'],
  ["arms/sign/optimizer/kind", "nadam", /^not among them: "adam", "adamW"/],
  ["arms/sign/optimizer/kind", "svrg", /"varianceReduced"/],
  ["dataset/kind", "regression", /"linearTeacher"/],
  ["loss", "regression", /data set with targets, .* the loss \{ "kind": "squared"/],
  ["loss/kind", "regression", /data set with targets, .* the loss \{ "kind": "squared"/],
  ["network/kind", "cnn", /"conv2d"/],
  ["dataset", "moons", 'write "dataset": { "kind": "moons", "trainSize": 60, "noise": 0.1, "constant": 1 }'],
  ["dataset/kind", "cifar", /"kind": "cifar10", "classes": \[3, 5\]/],
  ["arms/sign/optimizer", "adam", 'write "optimizer": { "kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8 }'],
  ["network", "linear", /^write "network": \{ "kind": "linear", /],
  ["arms/sign/optimizer", "sgd", /"kind": "steepest", "norm": "l2"/],
  ["arms/sign/step", "constant", 'write "step": { "rule": "constant", "size": 0.01 }'],
  ["arms/sign/step", 0.1, 'e.g. "step": { "rule": "marginPaced", "c": 0.25 }'],
  ["arms/sign/step", { size: 0.1, exponent: 1 }, 'e.g. "rule": "powerLaw"'],
  ["arms/sign/optimizer/norm", "lp3", 'write "norm": { "lp": 3 }'],
  ["arms/sign/optimizer/norm", "L-inf", 'did you mean "linf"?'],
  ["network/activation", "sigmoid", /^not among them/],
  ["network/activation", "swish", 'write "silu"'],
  ["network/activation", "leakyRelu(0.1)", 'write "activation": { "leakyRelu": 0.1 }'],
  ["network/hidden", 32, 'write "hidden": [32]'],
  ["network/hidden", "32, 16", 'write "hidden": [32, 16]'],
  ["seeds", "0-2", 'write "seeds": [0, 1, 2]'],
  ["seeds", 3, 'write "seeds": [3]'],
  ["record/probes", "logRisk", 'write "probes": ["logRisk"]'],
  ["arms/sign/step/size", "0.1", 'write "size": 0.1'],
  ["arms/sign/optimizer/normalized", "True", 'write "normalized": true'],
];

describe("a word or a form of another program is answered with what to write", () => {
  test.each(foreign)("%s = %j", (at, value, hint) => {
    const [first] = hints(changed(plain, at, value));
    const place = at.replaceAll("/", ".");
    if (typeof hint === "string") expect([`${place}: ${hint}`, `${place}.rule: ${hint}`]).toContain(first);
    else expect(first?.slice(place.length + 2)).toMatch(hint);
  });

  test("a hint to write something is accepted where it is written", () => {
    const writings = foreign.flatMap(([at, value]) => {
      const [first = ""] = hints(changed(plain, at, value));
      const [, text] = /: write "\w+": (.*)$/.exec(first) ?? [];
      return text === undefined ? [] : [[at, JSON.parse(text) as unknown] as const];
    });
    expect(writings.length).toBeGreaterThan(12);
    for (const [at, value] of writings) {
      const written = changed(plain, at, value);
      expect(
        hints(at.endsWith("norm") ? changed(written as ExperimentDefinition, "arms/sign/optimizer/smoothing", undefined) : written),
        at,
      ).toEqual([]);
    }
  });
});

test("classes 0 and 1 are told to be -1 and 1, once for all samples", () => {
  const inputs = [
    [1, 2],
    [2, 1],
    [-1, -2],
  ];
  const issues = () => parseDefinition({ ...plain, dataset: { kind: "points", inputs, labels: [0, 1, 0], constant: 0 } });
  expect(issues).toThrow("dataset.labels[0]: must be -1 or 1 (write -1 and 1 for classes 0 and 1), got 0 (also at dataset.labels[2])");
});

describe("what is missing", () => {
  const needed = ["id", "dataset", "network", "loss", "arms", "seeds", "stop", "record"] as const;

  test.each(needed)("%s is shown as it is written, and accepted", (key) => {
    const [hint] = hints(changed(plain, key, undefined));
    expect(hint).toMatch(new RegExp(`^${key}: e\\.g\\. "${key}": `));
    const example = (JSON.parse(`{${hint!.slice(key.length + 7)}}`) as Record<string, unknown>)[key];
    expect(hints(changed(plain, key, example))).toEqual([]);
  });

  test("of one object is told once, and of every arm that lacks it", () => {
    const adam = { optimizer: { kind: "adam" }, step: { rule: "constant", size: 0.1 } };
    const value = { ...plain, arms: { a: adam, b: adam, c: adam } };
    expect(() => parseDefinition(value)).toThrow(
      /^arms\.a\.optimizer: beta1, beta2 and epsilon are missing \(also at arms\.b\.optimizer and arms\.c\.optimizer\)$/,
    );
    expect(hints(value)).toEqual(['arms.a.optimizer: e.g. "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8']);
  });
});

test("behind a mistyped kind everything else is looked at as well", () => {
  const optimizer = { kind: "Adam", beta1: 2, beta2: 0.999, eps: 1e-8 };
  expect(hints(changed(changed(plain, "arms/sign/optimizer", optimizer) as ExperimentDefinition, "network/hidden", 6))).toEqual([
    'network.hidden: write "hidden": [6]',
    'arms.sign.optimizer.kind: did you mean "adam"?',
    "arms.sign.optimizer.beta1: undefined",
    'arms.sign.optimizer.eps: written as "epsilon"',
  ]);
});

test("a key of another program in the place of a part that is missing is told, whichever part", () => {
  const { arms: _, dataset: __, network: ___, ...rest } = plain;
  const value = { ...rest, optimizer: { kind: "adam", lr: 1e-3 }, data: "mnist", model: "mlp" };
  expect(hints(value)).toEqual([
    expect.stringMatching(/^optimizer: each arm holds its own: "arms": /),
    'data: written as "dataset"',
    'model: written as "network"',
  ]);
});

test("a kind that is begun is read as the only one that begins so", () => {
  expect(hints(changed(plain, "dataset", { kind: "mnistP", digits: [3, 6], n: 100 }))).toEqual([
    'dataset.kind: did you mean "mnistPair"?',
    'dataset.n: written as "trainSize"',
  ]);
});

test("every member of a registry has an example in the schema that the command accepts", () => {
  interface JsonSchema {
    readonly title?: string;
    readonly oneOf?: readonly JsonSchema[];
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly $defs: Readonly<Record<string, JsonSchema>>;
  }
  const { properties, $defs } = definitionJsonSchema() as JsonSchema;
  const registries = [
    ["dataset", properties.dataset!, datasets],
    ["network", properties.network!, networks],
    ["arms/sign/optimizer", $defs.optimizer!, { ...optimizers, module: undefined }],
    ["arms/gradient/step", $defs.step!, stepRules],
  ] as const;
  for (const [at, { oneOf }, registry] of registries) {
    expect(oneOf?.map(({ title }) => title)).toEqual(Object.keys(registry));
    for (const name of Object.keys(registry)) {
      const [hint = ""] = hints(changed(plain, at, name));
      const [, text = "null"] = /: write "\w+": (.*)$/.exec(hint) ?? [];
      const written = JSON.parse(text);
      if (at === "dataset" && written !== null && pathsReadBy(written).length > 0) continue; // its files are read first
      const isOfTargets = at === "dataset" && written !== null && !isLabelled(written);
      const refused = hints(isOfTargets ? onTargets(plain, written) : changed(plain, at, written)).filter(
        (other) => !/normali[sz]ed/.test(other),
      );
      if (text !== "null") expect(refused, `${at} ${name}`).toEqual([]);
      else expect(hint, `${at} ${name}`).toMatch(/: [^u]/);
    }
  }
});

const images = { kind: "mnist", classes: "each", pool: 4, trainSize: 20, testSize: 5 } as const;
const withLayers = (layers: readonly unknown[], dataset: object = tiny.dataset) =>
  changed({ ...plain, dataset } as ExperimentDefinition, "network", { kind: "layers", layers, init: tiny.network.init });

test("a key of one form beside a key of another says which do not go together", () => {
  const batch = (value: object) => hints(changed(plain, "arms/sign/batch", value));
  expect(batch({ fresh: 8, order: "shuffled" })).toEqual([
    'arms.sign.batch.order: "order" does not go with "fresh": leave out one or the other',
  ]);
  expect(batch({ fresh: 8, size: 8 })).toEqual(['arms.sign.batch.size: "size" does not go with "fresh": leave out one or the other']);
});

test("windows on vectors are answered with the data sets of images", () => {
  for (const layer of [
    { kind: "conv2d", channels: 2, size: 3 },
    { kind: "maxPool", size: 2 },
  ]) {
    const [hint] = hints(withLayers([layer]));
    expect(hint).toMatch(
      /^network\.layers\[0\]\.size: the samples are vectors, and windows need images: use a data set of images \(.*\bmnist, .*cifar10/,
    );
    expect(hint).not.toContain("matrixSensing");
  }
});

test("the layer that keeps a network from being homogeneous is named", () => {
  const dense = { kind: "dense", units: 4 };
  const biased = { ...dense, bias: true };
  const skip = { kind: "branches", sum: [[], [dense, "relu"]] };
  for (const [layers, named] of [
    [[dense, "silu"], "silu at layers[1]"],
    [[biased, "relu", biased, "tanh"], "dense at layers[2]"],
    [[dense, "relu", skip], "branches at layers[2]"],
    [[{ kind: "branches", sum: [[dense, "gelu"], [dense]] }], "gelu at layers[0].sum[0][1]"],
  ] as const)
    expect(hints(withLayers(layers))[0]).toContain(`${named} is the first that is not`);
});

test("layers and options of other libraries are answered in the words of definitions", () => {
  for (const kind of ["dropout", "batchNorm"])
    expect(hints(withLayers([{ kind }]))[0]).toContain("depends on that sample and the weights alone");
  const adam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8, max_grad_norm: 1 };
  expect(hints(changed(plain, "arms/sign/optimizer", adam))[0]).toContain('"kind": "clipped", "norm": "l2"');
});

test("the activation that keeps a perceptron from being homogeneous is named, without layers that it does not write", () => {
  const network = { kind: "mlp", hidden: [4], activation: { elu: 1 }, init: { law: "uniformFanIn", scale: 1 } } as const;
  expect(hints({ ...plain, network })).toEqual([
    'network.homogeneity: the activation elu is not: choose another, such as relu, or set homogeneity: "measured" to train it all the same and measure how far it is from homogeneous',
  ]);
});

test("what makes no sense is refused: windows of nothing but zeros, more classes than samples", () => {
  const padded = (padding: number) => hints(withLayers([{ kind: "conv2d", channels: 2, size: 3, padding }], images));
  expect(padded(2)).toEqual([]);
  expect(padded(100)).toEqual(["network.layers[0].padding: 1 keeps the side of the image for an odd size and a stride of 1"]);
  const samples = (trainSize: number) =>
    hints(changed({ ...plain, dataset: { ...images, trainSize } } as ExperimentDefinition, "seeds", [0]));
  expect(samples(10)).toEqual([]);
  expect(samples(9)).toEqual(["dataset.trainSize: a class without a sample is never learnt"]);
});
