import { createHash } from "node:crypto";
import { losses, type NormExpression, type NormId, norms, smoothedNorms } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { datasets, networks, optimizers, probeOf, probes, type Row, type RunDefinition, stepRules } from "../src/index.js";
import { collect } from "./support/collect.js";
import { binary, twin } from "./support/hosts.js";
import { exampleDataset, files } from "./support/ownFile.js";
import { onFewSamples } from "./support/regression.js";

const teacher = {
  kind: "teacherStudent",
  inputDim: 9,
  teacherWidth: 3,
  nonzerosPerNeuron: 4,
  minTeacherScore: 0.1,
  trainSize: 13,
  testSize: 6,
} as const;
const images = { kind: "mnistPair", digits: [3, 6], trainSize: 14 } as const;
const inTen = { dataset: { kind: "mnist", classes: "each", trainSize: 12, testSize: 5 } } as const;
const mlp = (hidden: number[], activation: object | "relu" | "identity", init: string, frozenLayers: number[] = []) =>
  ({ kind: "mlp", hidden, activation, frozenLayers, init: { law: init, scale: 0.5 } }) as RunDefinition["network"];
const steepest = (norm: NormExpression, normalized: boolean) =>
  ({ kind: "steepest", norm, normalized, ...(smoothedNorms.includes(norm as NormId) ? { smoothing: "none" as const } : {}) }) as const;
const adam = (beta1: number, beta2: number, epsilon: number) => ({ kind: "adam", beta1, beta2, epsilon }) as const;

type Variant = Pick<RunDefinition, "dataset" | "network" | "loss"> & RunDefinition["arm"] & { readonly seed: number };

/** One run per norm of the registry that is not among the others, and of the expressions, normalised or not. */
const moreNorms: readonly NormExpression[] = [
  ...(Object.keys(norms) as NormId[]).filter((id) => !["l1", "l2", "linf"].includes(id)),
  { lp: 3 },
  { max: ["spectral", "linf"], weights: [1, 0.5] },
  { sum: ["nuclear", "l1"] },
  { l2: ["rowMax", { lp: 1.5 }] },
  { weighted: "l2", diagonal: Array.from({ length: 9 * 6 + 6 }, (_, i) => 1 + (i % 3)) },
];

const normVariants = moreNorms.flatMap((norm, i): Variant[] =>
  [false, true].map((normalized) => ({
    dataset: { ...teacher, trainSize: 20 },
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: steepest(norm, normalized),
    step: normalized ? { rule: "marginPaced", c: 0.5 } : { rule: "constant", size: 0.02 },
    seed: 40 + i,
  })),
);

const exactMuon = { momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;

/** One run per optimiser beyond steepest descent and Adam. */
const moreOptimizers: readonly (readonly [Variant["optimizer"], Variant["step"]])[] = [
  [
    { kind: "heavyBall", momentum: 0.9, nesterov: true },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "momentum", norm: { lp: 3 }, momentum: 0.8, nesterov: false },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "signum", momentum: 0.9 },
    { rule: "powerLaw", size: 0.02, exponent: 0.5 },
  ],
  [
    { kind: "muon", ...exactMuon, scale: "aspect" },
    { rule: "marginPaced", c: 0.5 },
  ],
  [
    { kind: "muon", ...exactMuon, orthogonalization: "newtonSchulz", scale: "rms" },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "muonSignum", muon: exactMuon, signum: { momentum: 0.9 }, rowScale: 0.5 },
    { rule: "marginPaced", c: 0.5 },
  ],
  [
    { kind: "muonAdam", muon: exactMuon, adam: { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, rowScale: 0.5 },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "scion", norm: { max: ["colMax", "linf"], weights: [1, 2] }, momentum: 0.9 },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "scion", norm: "spectral", momentum: 0.9, radius: 3 },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1 },
    { rule: "constant", size: 0.02 },
  ],
  [
    { kind: "lion", beta1: 0.9, beta2: 0.99, decay: 0.1 },
    { rule: "constant", size: 0.01 },
  ],
  [
    {
      kind: "progressiveRescaling",
      optimizer: steepest("l2", false),
      period: 10,
      growth: 1.5,
    },
    { rule: "lossBased", size: 0.1, rollback: false },
  ],
];

const optimizerVariants = moreOptimizers.map(
  ([optimizer, step], i): Variant => ({
    dataset: { ...teacher, trainSize: 20 },
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer,
    step,
    seed: 60 + i,
  }),
);

const planeVariants = (
  [
    { kind: "moons", trainSize: 20, noise: 0.1, constant: 1 },
    { kind: "xor", trainSize: 20, noise: 0.2, constant: 1 },
    { kind: "separable", trainSize: 20, noise: 0.1, constant: 0 },
    { kind: "circles", trainSize: 20, noise: 0.1, constant: 1 },
    {
      kind: "points",
      inputs: [
        [0.5, -0.25],
        [-0.5, 1],
      ],
      labels: [1, -1],
      constant: 1,
    },
  ] satisfies Variant["dataset"][]
).map(
  (dataset, i): Variant => ({
    dataset,
    network: mlp([5], "relu", "uniformFanIn"),
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: steepest("l2", true),
    step: { rule: "marginPaced", c: 0.25 },
    seed: 80 + i,
  }),
);

const written: readonly Variant[] = [
  ...normVariants,
  ...optimizerVariants,
  ...planeVariants,
  {
    dataset: teacher,
    network: mlp([7], "relu", "uniformFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: steepest("l2", false),
    step: { rule: "constant", size: 0.1 },
    seed: 0,
  },
  {
    dataset: teacher,
    network: mlp([5, 4], { leakyRelu: 0.1 }, "normalFanIn"),
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: steepest("linf", true),
    step: { rule: "marginPaced", c: 1 },
    seed: 1,
  },
  {
    dataset: teacher,
    network: mlp([6], { reluPower: 1.5 }, "normalFanIn"),
    loss: { kind: "exponential", reduction: "mean" },
    optimizer: steepest("l1", true),
    step: { rule: "marginPaced", c: 0.5 },
    seed: 2,
  },
  {
    dataset: teacher,
    network: mlp([6], { reluPower: 2 }, "uniformInverseFanIn"),
    loss: { kind: "logistic", reduction: "mean" },
    optimizer: adam(0.9, 0.99, 1e-8),
    step: { rule: "constant", size: 0.02 },
    seed: 3,
  },
  {
    dataset: teacher,
    network: mlp([5, 5], "identity", "uniformFanIn", [0]),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: steepest("l2", true),
    step: { rule: "powerLaw", size: 0.5, exponent: 0.5 },
    seed: 4,
  },
  {
    dataset: teacher,
    network: { kind: "linear", init: { law: "normalFanIn", scale: 0 } },
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: steepest("linf", false),
    step: { rule: "lossBased", size: 0.01, rollback: false },
    seed: 5,
  },
  {
    dataset: images,
    network: mlp([8], "relu", "uniformFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: adam(0, 0, 1e-2),
    step: { rule: "constant", size: 0.03 },
    seed: 6,
  },
  {
    dataset: images,
    network: mlp([], "relu", "normalFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: steepest("l1", false),
    step: { rule: "lossBased", size: 0.05, rollback: false },
    seed: 7,
  },
  {
    dataset: teacher,
    network: mlp([6], { reluPower: 2 }, "normalFanIn"),
    loss: { kind: "logistic", reduction: "mean" },
    optimizer: steepest("linf", true),
    step: { rule: "backtracking", relativeSize: 0.03, tolerance: 0 },
    seed: 8,
  },
  {
    dataset: teacher,
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: steepest("l2", true),
    step: { rule: "lineSearch", size: 0.1, sufficientDecrease: 1e-4 },
    seed: 9,
  },
  {
    dataset: images,
    network: mlp([8], "relu", "uniformFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: steepest("l2", true),
    step: { rule: "warmUp", size: 0.1, steps: 7 },
    seed: 10,
  },
  {
    dataset: teacher,
    network: mlp([6], { reluPower: 2 }, "normalFanIn"),
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: steepest("l2", false),
    step: { rule: "lossBased", size: 0.05, rollback: true },
    seed: 11,
  },
  {
    dataset: teacher,
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "logistic", reduction: "mean" },
    optimizer: { kind: "rmsProp", decay: 0.99, epsilon: 1e-8, momentum: 0.9 },
    step: { rule: "constant", size: 0.003 },
    seed: 12,
  },
  {
    dataset: images,
    network: mlp([8], "relu", "uniformFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: { kind: "adaGrad", epsilon: 1e-10 },
    step: { rule: "lossBased", size: 0.05, rollback: false },
    seed: 13,
  },
  {
    dataset: teacher,
    network: mlp([6, 5], "relu", "normalFanIn"),
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 },
    step: { rule: "constant", size: 0.05 },
    seed: 14,
  },
  {
    dataset: teacher,
    network: mlp([6], { reluPower: 2 }, "normalFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: { kind: "shampoo", exponent: "half", accumulate: true, epsilon: 0 },
    step: { rule: "constant", size: 0.02 },
    seed: 15,
  },
  {
    dataset: teacher,
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: { kind: "shampoo", exponent: "sequentialHalf", accumulate: true, epsilon: 1e-4 },
    step: { rule: "constant", size: 0.02 },
    seed: 15,
  },
  {
    dataset: teacher,
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: { kind: "shampoo", exponent: "quarter", accumulate: false, epsilon: 0 },
    step: { rule: "marginPaced", c: 1 },
    seed: 16,
  },
  {
    dataset: teacher,
    network: { kind: "linear", init: { law: "normalFanIn", scale: 0 } },
    loss: { kind: "exponential", reduction: "sum" },
    optimizer: { kind: "mirrorDescent", potential: { kind: "power", p: 1.5 } },
    step: { rule: "lossBased", size: 0.01, rollback: false },
    seed: 17,
  },
  {
    dataset: teacher,
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "exponential", reduction: "mean" },
    optimizer: { kind: "mirrorDescent", potential: { kind: "hyperbolicEntropy", beta: 0.1 } },
    step: { rule: "lossBased", size: 0.01, rollback: true },
    seed: 18,
  },
  {
    dataset: teacher,
    network: mlp([6], "relu", "normalFanIn"),
    loss: { kind: "logistic", reduction: "sum" },
    optimizer: { kind: "mirrorDescent", potential: { kind: "quadratic" } },
    step: { rule: "constant", size: 0.02 },
    seed: 19,
  },
];

const uses = (kind: string): boolean =>
  written.some(({ dataset, network, optimizer, step }) => [dataset.kind, network.kind, optimizer.kind, step.rule].includes(kind as never));

/** One run per member that none of those uses, with its first example. */
const derived: readonly Variant[] = [
  ...Object.entries(optimizers)
    .filter(([kind]) => !uses(kind))
    .map(([, { examples }]) => ({ optimizer: examples[0] })),
  ...Object.entries(datasets)
    .filter(([kind]) => !uses(kind))
    .map(([, { examples }]) => onFewSamples(exampleDataset(examples[0]))),
  ...Object.entries(networks)
    .filter(([kind]) => !uses(kind))
    .map(([, { examples }]) => ({ network: examples[0] })),
  ...Object.entries(stepRules)
    .filter(([rule]) => !uses(rule))
    .map(([, { examples }]) => ({ step: examples[0] })),
  ...(["sum", "mean"] as const).map((reduction) => ({ loss: { kind: "squared", reduction } }) as const),
  ...(["exponential", "logistic", "squared"] as const).map(
    (kind) => ({ ...inTen, loss: { kind, reduction: "sum" }, step: { rule: "constant", size: 1e-3 } }) as const,
  ),
].map((part, i): Variant => ({ ...optimizerVariants[0]!, ...part, seed: 100 + i }));

/** Variants that together use every member of every registry. */
const variants: readonly Variant[] = [...written, ...derived];

const runOf = ({ dataset, network, loss, optimizer, step, seed }: Variant): RunDefinition => ({
  dataset,
  network,
  loss,
  arm: { optimizer, step },
  seed,
  stop: { steps: 120 },
  record: {
    probes: [...probes.keys(), "margin.lp(3)", "softMargin.max(1*spectral,0.5*linf)"].filter(
      (probe) =>
        ((network.kind === "mlp" && network.hidden.length === 1) || !probe.includes("max(")) &&
        !(probeOf(probe)!.needsLargest || probeOf(probe)!.needsCertificate || (loss.kind === "squared" && probeOf(probe)!.needsMargins)) &&
        !(probeOf(probe)!.needsCompanion && /"(max|sum|l2|weighted)":/.test(JSON.stringify(optimizer))), // norms by layer or weight
    ),
    pointsPerDecade: 12,
  },
});

/** The bits of every number, so that NaN equals itself and 0 is not -0. */
const bits = (rows: readonly Row[]): string[] =>
  rows.map((row) =>
    createHash("sha256")
      .update(Buffer.from(Float64Array.from(Object.values(row)).buffer))
      .digest("hex"),
  );

test("the variants touch every member of every registry", () => {
  const used = (pick: (variant: Variant) => unknown): unknown[] => [...new Set(variants.map(pick))];
  expect(used(({ dataset }) => dataset.kind).sort()).toEqual(Object.keys(datasets).sort());
  expect(used(({ network }) => network.kind).sort()).toEqual(Object.keys(networks).sort());
  expect(used(({ optimizer }) => optimizer.kind).sort()).toEqual(Object.keys(optimizers).sort());
  expect(used(({ step }) => step.rule).sort()).toEqual(Object.keys(stepRules).sort());
  expect(used(({ loss }) => `${loss.kind} ${loss.reduction}`)).toHaveLength(2 * Object.keys(losses).length);
  const steepestUsed = used(({ optimizer }) => (optimizer.kind === "steepest" ? `${optimizer.norm} ${optimizer.normalized}` : ""));
  for (const norm of Object.keys(norms)) expect(steepestUsed).toEqual(expect.arrayContaining([`${norm} true`, `${norm} false`]));
});

describe.each(variants.map((variant) => ({ variant, name: `${variant.network.kind}, ${variant.optimizer.kind}, ${variant.step.rule}` })))(
  "seed $variant.seed: $name",
  ({ variant }) => {
    test("has the same rows, bit for bit, from the binary and from the twin", async () => {
      const [fast, plain] = [await collect(runOf(variant), binary, files), await collect(runOf(variant), twin, files)];
      expect(fast.end).toEqual(plain.end);
      expect(fast.rows.length).toBeGreaterThan(15);
      expect(bits(fast.rows)).toEqual(bits(plain.rows));
    });

    test("has the same rows again, and others under another seed", async () => {
      const first = bits((await collect(runOf(variant), binary, files)).rows);
      expect(bits((await collect(runOf(variant), binary, files)).rows)).toEqual(first);
      expect(bits((await collect(runOf({ ...variant, seed: 99 }), binary, files)).rows).at(-1)).not.toEqual(first.at(-1));
    });
  },
);
