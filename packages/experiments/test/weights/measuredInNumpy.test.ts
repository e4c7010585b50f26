import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { LabelledData } from "@steepest/core";
import { expect, test } from "vitest";
import { images, imageTable, type MeasuredRun, measuredRun } from "../support/measuredRun.js";
import { tiny } from "../support/tiny.js";

const norms = ["l1", "l2", "linf", "spectral", "nuclear", "rowMax", "rowSum", "colMax", "colSum", "lp(3)"];
const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import numpy"], { stdio: "ignore" }).status === 0,
);
const program = fileURLToPath(new URL("../support/measured.py", import.meta.url));

const listed = (values: Float64Array, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)]);

/** Samples as lists, images as channels of rows. */
function samplesOf(samples: MeasuredRun["data"]["train"], side: number | undefined): object {
  const { inputs, labels, inputDim } = samples as LabelledData;
  const rows = listed(Float64Array.from(inputs), inputDim);
  const shaped = side === undefined ? rows : rows.map((row) => [listed(Float64Array.from(row), side)]);
  return { inputs: shaped, labels: Array.from(labels as ArrayLike<number>) };
}

/**
 * The differences of numpy's numbers and ours in units of 2e-14 of the scale that the former have, which is 4 to 60. Seen were 0.3 at most: sums of some hundred terms, each within a
 * few roundings of 1.1e-16, of exp and log within 4e-16 and of singular values within 1e-15.
 */
function distances(run: MeasuredRun, layers: readonly object[], loss: string, side: number | undefined): ReadonlyMap<string, number> {
  const { network, weights, data, readings } = run;
  const blocks = network.layout.blocks.map(({ offset, outputs, inputs }) =>
    listed(weights.subarray(offset, offset + outputs * inputs), inputs),
  );
  const question = {
    layers,
    blocks,
    train: samplesOf(data.train, side),
    test: samplesOf(data.test!, side),
    loss,
    degree: network.degree,
    norms,
  };
  const answer = JSON.parse(execFileSync(python!, [program], { input: JSON.stringify(question), encoding: "utf8" })) as Record<
    string,
    readonly [number, number]
  >;
  const ours: Record<string, number> = {
    ...readings.scalars,
    ...Object.fromEntries(
      Object.entries(readings.inNorms).flatMap(([id, all]) => Object.entries(all).map(([kind, value]) => [`${kind}.${id}`, value])),
    ),
  };
  expect(Object.keys(answer).sort()).toEqual(
    Object.keys(ours)
      .filter((name) => !Number.isNaN(ours[name]!))
      .sort(),
  );
  return new Map(Object.entries(answer).map(([name, [value, scale]]) => [name, Math.abs(ours[name]! - value) / (2e-14 * scale)]));
}

const relu = { kind: "relu" };
const dense = { kind: "dense" };
const init = { law: "normalFanIn", scale: 1 };
const classes = { kind: "gaussianClasses", inputDim: 5, classes: 3, meanNorm: 3, deviation: 0.5, trainSize: 12, testSize: 9 };
const first = { kind: "conv2d", channels: 3, size: 3, padding: 1, bias: true };
const second = { kind: "conv2d", channels: 2, size: 2 };

test.skipIf(!python).each<[string, object, readonly object[], number?]>([
  ["a perceptron", { network: { kind: "mlp", hidden: [24, 16], activation: "relu", init } }, [dense, relu, dense, relu, dense]],
  [
    "a perceptron that has not separated its data",
    { network: { kind: "mlp", hidden: [6], activation: "relu", init }, stop: { steps: 1 } },
    [dense, relu, dense],
  ],
  [
    "the exponential loss",
    { network: { kind: "mlp", hidden: [6], activation: "relu", init }, loss: { kind: "exponential", reduction: "sum" } },
    [dense, relu, dense],
  ],
  [
    "biases in the first layer",
    { network: { kind: "layers", layers: [{ ...dense, units: 24, bias: true }, "relu", { ...dense, units: 16 }, "relu"], init } },
    [{ ...dense, bias: true }, relu, dense, relu, dense],
  ],
  ["several classes", { network: { kind: "mlp", hidden: [8], activation: "relu", init }, dataset: classes }, [dense, relu, dense]],
  [
    "convolutions",
    { network: { kind: "layers", layers: [first, "relu", { kind: "maxPool", size: 2 }, second, "relu"], init }, dataset: imageTable },
    [first, relu, { kind: "maxPool", size: 2 }, second, relu, dense],
    6,
  ],
])(
  python ? "weights of %s are measured as numpy does, to 1e-13" : "SKIPPED: python3 with numpy is not here (%s)",
  async (_what, changes, layers, side) => {
    const probes = ["logRisk", "margin.lp(3)"];
    const definition = { ...tiny, claims: [], figure: [], stop: { steps: 3000 }, ...changes, record: { probes, pointsPerDecade: 1 } };
    const gradient = { ...tiny.arms.gradient, step: { rule: "constant", size: 0.01 } };
    const run = await measuredRun({ ...definition, arms: { gradient } }, { "images.csv": images });
    const { loss = tiny.loss } = changes as { readonly loss?: { readonly kind: string } };
    const far = distances(run, layers, loss.kind, side);
    expect(run.readings.scalars.minMargin! > 0).toBe(!("stop" in changes));
    for (const [name, distance] of far) expect(distance, name).toBeLessThan(1);
  },
);
