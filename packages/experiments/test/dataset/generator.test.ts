import { type LabelledData, type Samples, type SupervisedData, streams, type TargetData } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { freshNoise, freshPart } from "../../src/dataset/generator.js";
import { type DatasetDefinition, datasetSizes, datasets, drawData, freshSamples, isLabelled, needsFiles } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const examples = Object.values(datasets).flatMap(({ examples }): readonly DatasetDefinition[] => examples);
const generated = examples.filter((choice) => freshSamples(choice, 0, 4, { kernels: twin }));

/** Data sets of so many samples and no more: written down, or the entries of a matrix. */
const fixed = ["points", "targetPoints", "matrixCompletion", "matrixFactorization"];

test("every data set without files gives fresh samples, but those of a fixed number of samples", () => {
  const kinds = new Set(generated.map(({ kind }) => kind));
  for (const choice of examples) expect(kinds.has(choice.kind), choice.kind).toBe(!needsFiles(choice) && !fixed.includes(choice.kind));
});

test("inputs, clusters and label noise of a step share their streams with no other step and nothing else", () => {
  const numbers = Array.from({ length: 1000 }, (_, step) => step).flatMap((step) => {
    const { inputs, clusters } = freshPart(step, 3);
    return [inputs, clusters, freshNoise(step)];
  });
  expect(new Set(numbers).size).toBe(3000);
  const { fresh, ...others } = streams;
  expect(Math.min(...numbers)).toBe(fresh);
  expect(Math.max(...Object.values(others)) + 1e9).toBeLessThan(fresh); // 10^9 steps of a random spectrum
  expect(freshNoise(2 ** 28 - 1)).toBeLessThan(2 ** 32);
});

describe.each(generated.map((choice) => [choice.kind, choice] as const))("fresh samples of %s", (_, choice) => {
  const fresh = (count: number, { seed = 5, kernels = binary, change = {} } = {}) => {
    const at = freshSamples({ ...choice, ...change } as DatasetDefinition, seed, count, { kernels })!;
    return (step: number) => structuredClone(at(step));
  };

  test("depend on seed and step alone, not on the steps asked for before; the twin gives the same bits", () => {
    const [at, again, plain] = [fresh(6), fresh(6), fresh(6, { kernels: twin })];
    const forwards = [0, 1, 2, 1000].map(at);
    expect([1000, 2, 1, 0].map(again).reverse()).toEqual(forwards);
    expect([0, 1, 2, 1000].map(plain)).toEqual(forwards);
    const all = [...forwards, fresh(6, { seed: 6 })(0)].map(({ inputs }) => inputs.join());
    expect(new Set(all).size).toBe(5);
  });

  test("are of the sizes and labels of the data set, and none of its training samples", async () => {
    const { train } = await drawData(choice, 5, { kernels: binary, files: noFiles });
    const { inputDim, classes, outputs } = datasetSizes(choice);
    const { inputs, labels, targets, ...sizes } = fresh(8)(0) as Partial<LabelledData & TargetData> & Samples;
    expect(sizes).toEqual({ inputDim, ...(outputs && { outputs }), ...(classes && { classes }) });
    expect([inputs.length, labels?.length, targets?.length]).toEqual([8 * inputDim, outputs ? undefined : 8, outputs && 8 * outputs]);
    const rows = (all: Float64Array) =>
      Array.from({ length: all.length / inputDim }, (__, i) => all.subarray(i * inputDim, (i + 1) * inputDim).join());
    const known = new Set(rows(train.inputs));
    for (const row of rows(inputs)) expect(known).not.toContain(row);
  });

  const answersOf = (data: SupervisedData): ArrayLike<number> => ("labels" in data ? data.labels : data.targets);

  test("of one sample at a time are of several classes, or targets", () => {
    const at = fresh(1);
    expect(new Set(Array.from({ length: 60 }, (__, step) => answersOf(at(step))[0])).size).toBeGreaterThan(1);
  });

  test("have noise on labels or targets where the data set has", () => {
    const change = isLabelled(choice) ? { labelNoise: 1 } : { noise: 1 };
    const [clean, noisy] = [fresh(5, { change: isLabelled(choice) ? {} : { noise: 0 } }), fresh(5, { change })];
    for (const step of [0, 7]) {
      expect(noisy(step).inputs).toEqual(clean(step).inputs);
      for (let i = 0; i < 5; i++) expect(answersOf(noisy(step))[i]).not.toBe(answersOf(clean(step))[i]);
    }
  });
});
