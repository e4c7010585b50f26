import { expect, test } from "vitest";
import type { ExperimentDefinition, Row } from "../../src/index.js";
import { probeOf, probesOfWeights } from "../../src/probe/probe.js";
import { images, imageTable, measuredRun } from "../support/measuredRun.js";
import { tiny } from "../support/tiny.js";

const norms = ["l1", "l2", "linf", "spectral", "lp(3)"];
const named = (isLimit: boolean): string[] => [
  ...probesOfWeights.scalars.filter((name) => !probeOf(name)!.needsTargets && Boolean(probeOf(name)!.isOfLimit) <= isLimit),
  ...norms.flatMap((id) =>
    probesOfWeights.inNorms.map((kind) => `${kind}.${id}`).filter((name) => Boolean(probeOf(name)!.isOfLimit) <= isLimit),
  ),
];

/** The last row of a run, and its weights as they are measured from a file. */
async function compared(definition: object): Promise<{ readonly row: Row; readonly measured: Record<string, number> }> {
  const { row, readings } = await measuredRun(definition, { "images.csv": images });
  const { scalars, inNorms } = readings;
  const flat = Object.entries(inNorms).flatMap(([id, all]) =>
    Object.entries(all).map(([kind, value]) => [`${kind}.${id}`, value] as const),
  );
  return { row, measured: { ...scalars, ...Object.fromEntries(flat) } };
}

const deeper: Partial<ExperimentDefinition> = { seeds: [3], claims: [], figure: [], stop: { steps: 2500 } };
const sgd = { ...tiny.arms.gradient!, batch: { size: 4, order: "shuffled" } };
const sharp = { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, step: { rule: "constant", size: 0.01 } };
const tanh = { kind: "mlp", hidden: [5], activation: "tanh", homogeneity: "measured", init: { law: "normalFanIn", scale: 0.5 } };
const ofLayers = (...layers: readonly unknown[]): object => ({ kind: "layers", layers, init: { law: "normalFanIn", scale: 1 } });
const idle = { kind: "separable", trainSize: 20, noise: 0.08, constant: 0 };
const classes = { kind: "gaussianClasses", inputDim: 5, classes: 3, meanNorm: 3, deviation: 0.5, trainSize: 12, testSize: 9 };

test.each<[string, object, boolean]>([
  ["gradient descent", { arms: { a: tiny.arms.gradient } }, false],
  ["sign descent", { arms: { a: tiny.arms.sign } }, false],
  ["mini-batches", { arms: { a: sgd } }, false],
  [
    "Adam after a switch",
    { arms: { a: { ...tiny.arms.gradient, phases: [{ when: { step: 40 }, optimizer: sharp.optimizer, step: sharp.step }] } } },
    false,
  ],
  ["a network that is not homogeneous", { arms: { a: sharp }, network: tanh }, true],
  ["inputs that are always 0, which training leaves out", { arms: { a: tiny.arms.gradient }, dataset: idle }, false],
  ["several classes", { arms: { a: tiny.arms.gradient }, dataset: classes }, false],
  ["the exponential loss", { arms: { a: tiny.arms.sign }, loss: { kind: "exponential", reduction: "mean" } }, false],
  [
    "biases in the first layer",
    { arms: { a: tiny.arms.gradient }, network: ofLayers({ kind: "dense", units: 7, bias: true }, "relu") },
    false,
  ],
  [
    "a product of matrices",
    { arms: { a: tiny.arms.gradient }, network: ofLayers({ kind: "dense", units: 5 }, { kind: "dense", units: 4 }) },
    false,
  ],
  ["a linear model", { arms: { a: tiny.arms.sign }, network: { kind: "linear", init: { law: "normalFanIn", scale: 0.5 } } }, false],
  [
    "convolutions and pooling",
    {
      arms: { a: { ...tiny.arms.sign, step: { rule: "constant", size: 0.001 } } },
      network: ofLayers({ kind: "conv2d", channels: 3, size: 3, bias: true }, "relu", { kind: "maxPool", size: 2 }),
      dataset: imageTable,
    },
    false,
  ],
])("weights of %s are measured bit for bit as the run recorded them", async (_, changes, isLimit) => {
  const hasTest = !("dataset" in changes && changes.dataset === idle);
  const probes = named(isLimit).filter((name) => {
    const { needsHomogeneity, needsTest } = probeOf(name)!;
    return !(isLimit && needsHomogeneity) && !(needsTest && !hasTest);
  });
  const { row, measured } = await compared({ ...tiny, ...deeper, ...changes, record: { probes, pointsPerDecade: 2 } });
  expect(row.step).toBe(2500);
  for (const name of probes) expect([name, measured[name]]).toEqual([name, row[name]]);
  expect(Object.keys(measured)).toEqual(expect.arrayContaining(["margin.nuclear", ...(hasTest ? ["testAccuracy"] : [])]));
  if (!isLimit) expect(Object.keys(measured)).not.toContain("eulerDefect.max");
});

test("the norm that the arm descends in is among those measured, also if it is a combination that no probe names", async () => {
  const combined = {
    optimizer: { kind: "steepest", norm: { max: ["l2", "linf"], weights: [1, 0.5] }, normalized: true },
    step: tiny.arms.gradient!.step,
  };
  const record = { probes: ["margin.own", "softMargin.own", "alignment"], pointsPerDecade: 2 };
  const { row, measured } = await compared({ ...tiny, ...deeper, record, arms: { a: combined } });
  expect(row["margin.own"]).toBeGreaterThan(0);
  const inOwn = (kind: string): number | undefined => measured[`${kind}.max(1*l2,0.5*linf)`];
  expect([inOwn("margin"), inOwn("softMargin"), inOwn("alignment")]).toEqual([row["margin.own"], row["softMargin.own"], row.alignment]);
});
