import { drawNormal, losses } from "@steepest/core";
import { expect, test } from "vitest";
import { teacherOf } from "../../src/dataset/registry.js";
import { drawData, type ExperimentDefinition, parseDefinition, runsOf } from "../../src/index.js";
import { teacherRisk } from "../../src/probe/teacherRisk.js";
import { collect } from "../support/collect.js";
import { binary, twin } from "../support/hosts.js";
import { changed, noFiles, tiny } from "../support/tiny.js";

const dataset = { kind: "oneHotTeacher", inputDim: 5, classes: 4, trainSize: 60, testSize: 0 } as const;
const seed = 2;
const { train } = await drawData(dataset, seed, { kernels: binary, files: noFiles });
const teacher = teacherOf(dataset)!(seed, binary);
const risk = teacherRisk({ teacher, data: train, loss: losses.logistic, kernels: binary });

/** The log of the sum of -log softmax, by its definition. */
function logCrossEntropy(weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < train.labels.length; i++) {
    const score = (c: number): number => [0, 1, 2, 3, 4].reduce((sum, k) => sum + weights[5 * c + k]! * train.inputs[5 * i + k]!, 0);
    const scores = [0, 1, 2, 3].map(score);
    const top = Math.max(...scores);
    total += top + Math.log(scores.reduce((sum, s) => sum + Math.exp(s - top), 0)) - scores[train.labels[i]!]!;
  }
  return Math.log(total);
}

/** A matrix without the mean of its rows. */
const centred = (matrix: ArrayLike<number>): number[] =>
  Array.from(matrix, (value, at) => value - [0, 1, 2, 3].reduce((sum, c) => sum + matrix[5 * c + (at % 5)]!, 0) / 4);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

test("the teacher is the matrix whose largest score is the label", () => {
  for (let i = 0; i < train.labels.length; i++) {
    const scores = [0, 1, 2, 3].map((c) => dot(teacher.subarray(5 * c, 5 * c + 5), train.inputs.subarray(5 * i, 5 * i + 5)));
    expect(scores[train.labels[i]!]).toBe(Math.max(...scores));
  }
});

test.each([1, 2, 3, 4])("both parts are those of the definition, and add up to the risk (weights of seed %d)", (draw) => {
  const noise = drawNormal(binary, { seed: draw, stream: 9, count: 20 });
  const weights = Float64Array.from(teacher, (value, i) => 2 * value + noise[i]!);
  const along = centred(teacher);
  const share = dot(centred(weights), along) / dot(along, along);
  const logRisk = logCrossEntropy(weights);
  const { radialLogRisk, tangentialLogRisk } = risk(weights, logRisk);
  // sums of at most 60 terms of a few roundings each, exp and log within an ulp
  expect(Math.abs(radialLogRisk - logCrossEntropy(along.map((value) => share * value)))).toBeLessThan(1e-13 * 60);
  const rest = Math.exp(logRisk) - Math.exp(radialLogRisk);
  if (rest > 0) expect(Math.abs(Math.exp(tangentialLogRisk) - rest)).toBeLessThan(1e-12 * Math.exp(logRisk));
  else expect(tangentialLogRisk).toBeNaN();
});

test("weights along the teacher have the radial risk alone, whatever is added to every row", () => {
  const weights = Float64Array.from(teacher, (value, i) => 3 * value + (i % 5));
  const logRisk = logCrossEntropy(weights);
  const { radialLogRisk, tangentialLogRisk } = risk(weights, logRisk);
  expect(Math.abs(radialLogRisk - logRisk)).toBeLessThan(1e-12);
  expect(Number.isNaN(tangentialLogRisk) || tangentialLogRisk < logRisk + Math.log(1e-11)).toBe(true);
});

const definition = (network: object, data: object): ExperimentDefinition =>
  changed(
    {
      ...tiny,
      dataset: data,
      network,
      claims: [],
      record: { probes: ["logRisk", "radialLogRisk", "tangentialLogRisk"], pointsPerDecade: 4 },
    } as never,
    "arms/sign",
    undefined,
  ) as ExperimentDefinition;
const linear = { kind: "linear", init: { law: "normalFanIn", scale: 1 } };

test("rows hold both, with the same bits from the binary and the twin", async () => {
  const { run } = runsOf(parseDefinition({ ...definition(linear, dataset), figure: [{ probe: "radialLogRisk", scale: "linear" }] }))[0]!;
  const { rows } = await collect(run, binary);
  expect(rows).toEqual((await collect(run, twin)).rows);
  for (const { logRisk, radialLogRisk, tangentialLogRisk } of rows) {
    const sum = Math.exp(radialLogRisk!) + (Number.isNaN(tangentialLogRisk) ? 0 : Math.exp(tangentialLogRisk!));
    if (!Number.isNaN(tangentialLogRisk)) expect(Math.abs(Math.log(sum) - logRisk!)).toBeLessThan(1e-12);
  }
  expect(rows.some(({ tangentialLogRisk }) => tangentialLogRisk! > -Infinity)).toBe(true);
});

test.each([
  [linear, { ...dataset, classes: 2 }, "needs data that a linear teacher labels, got oneHotTeacher"],
  [linear, tiny.dataset, "needs data that a linear teacher labels, got teacherStudent"],
  [{ ...tiny.network }, dataset, "needs a linear model beside the linear teacher"],
])("refused before any run: %#", (network, data, message) => {
  expect(() => parseDefinition({ ...definition(network, data), figure: [] })).toThrow(`record.probes[1]: ${message}`);
});
