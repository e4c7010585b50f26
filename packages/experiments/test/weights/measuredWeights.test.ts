import type { Training } from "@steepest/core";
import { parseSafetensors, safetensorsBytes } from "@steepest/formats";
import { expect, test } from "vitest";
import {
  drawData,
  type ExperimentDefinition,
  execute,
  measureWeights,
  networkOfRun,
  parseDefinition,
  placedWeights,
  type Row,
  runsOf,
} from "../../src/index.js";
import { probeOf, probesOfWeights } from "../../src/probe/probe.js";
import { binary } from "../support/hosts.js";
import { noFiles, tiny } from "../support/tiny.js";

const host = { kernels: binary, files: noFiles };
const norms = ["l1", "l2", "linf", "spectral", "lp(3)"];
const named = (isLimit: boolean): string[] => [
  ...probesOfWeights.scalars.filter((name) => !probeOf(name)!.needsTargets && Boolean(probeOf(name)!.isOfLimit) <= isLimit),
  ...norms.flatMap((id) =>
    probesOfWeights.inNorms.map((kind) => `${kind}.${id}`).filter((name) => Boolean(probeOf(name)!.isOfLimit) <= isLimit),
  ),
];

/** Runs to the end, and measures the weights there from a file. */
async function compared(definition: object): Promise<{ readonly row: Row; readonly measured: Record<string, number> }> {
  const { run } = runsOf(parseDefinition(definition))[0]!;
  const data = await drawData(run.dataset, run.seed, host);
  let row: Row | undefined;
  let training: Training | undefined;
  const atEnd = (ended: Training): void => {
    training = ended;
  };
  for await (const event of execute(run, host, data, { atEnd })) if (event.kind === "row") row = event.row;
  const network = networkOfRun(run, data.train);
  const weights = training!.parameters();
  let next = 0;
  const tensors = Object.fromEntries(
    network.layout.blocks.map(({ outputs, inputs }, k) => {
      const values = weights.slice(next, next + outputs * inputs);
      next += values.length;
      return [`${2 * k}.weight`, { shape: [outputs, inputs], values }];
    }),
  );
  const read = parseSafetensors("w", safetensorsBytes({ metadata: {}, tensors }), 2 ** 20).tensors;
  const placed = placedWeights("w", network, new Map(Object.entries(read)));
  expect(placed.weights).toEqual(weights);
  const { scalars, inNorms } = measureWeights({ run, data, weights: placed.weights }, host);
  const flat = Object.entries(inNorms).flatMap(([id, readings]) =>
    Object.entries(readings).map(([kind, value]) => [`${kind}.${id}`, value] as const),
  );
  return { row: row!, measured: { ...scalars, ...Object.fromEntries(flat) } };
}

const deeper: Partial<ExperimentDefinition> = { seeds: [3], claims: [], figure: [], stop: { steps: 2500 } };
const sgd = { ...tiny.arms.gradient!, batch: { size: 4, order: "shuffled" } };
const sharp = { optimizer: { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }, step: { rule: "constant", size: 0.01 } };
const tanh = { kind: "mlp", hidden: [5], activation: "tanh", homogeneity: "measured", init: { law: "normalFanIn", scale: 0.5 } };
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
