import { streams } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { freshNoise, freshPart } from "../../src/dataset/generator.js";
import { type DatasetDefinition, datasetSizes, datasets, drawData, filesReadBy, freshSamples } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { noFiles } from "../support/tiny.js";

const examples = Object.values(datasets).flatMap(({ examples }): readonly DatasetDefinition[] => examples);
const generated = examples.filter((choice) => freshSamples(choice, 0, 4, { kernels: twin }));

test("every data set without files gives fresh samples, but points, which are written down", () => {
  const kinds = new Set(generated.map(({ kind }) => kind));
  for (const choice of examples)
    expect(kinds.has(choice.kind), choice.kind).toBe(filesReadBy(choice).length === 0 && choice.kind !== "points");
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
    const { inputDim, classes } = datasetSizes(choice);
    const { inputs, labels, ...sizes } = fresh(8)(0);
    expect(sizes).toEqual({ inputDim, ...(classes === undefined ? {} : { classes }) });
    expect([inputs.length, labels.length]).toEqual([8 * inputDim, 8]);
    const rows = (all: Float64Array) =>
      Array.from({ length: all.length / inputDim }, (__, i) => all.subarray(i * inputDim, (i + 1) * inputDim).join());
    const known = new Set(rows(train.inputs));
    for (const row of rows(inputs)) expect(known).not.toContain(row);
  });

  test("of one sample at a time are of several classes", () => {
    const at = fresh(1);
    expect(new Set(Array.from({ length: 60 }, (__, step) => at(step).labels[0])).size).toBeGreaterThan(1);
  });

  test("have label noise where the data set has", () => {
    const [clean, noisy] = [fresh(5), fresh(5, { change: { labelNoise: 1 } })];
    for (const step of [0, 7]) {
      expect(noisy(step).inputs).toEqual(clean(step).inputs);
      for (let i = 0; i < 5; i++) expect(noisy(step).labels[i]).not.toBe(clean(step).labels[i]);
    }
  });
});
