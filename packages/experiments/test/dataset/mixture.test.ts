import type { LabelledData } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { datasetSizes, drawData, type LabelledDataset, parseDefinition } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { changed, noFiles, tiny } from "../support/tiny.js";

const draw = (choice: LabelledDataset, seed = 0, kernels = binary) => drawData(choice, seed, { kernels, files: noFiles });

/** Rows of the samples of a label. */
function rowsOf({ inputs, labels, inputDim }: LabelledData, label: number): number[][] {
  return Array.from(labels).flatMap((one, i) => (one === label ? [Array.from(inputs.subarray(i * inputDim, (i + 1) * inputDim))] : []));
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const clusters = [
  { class: 0, mean: [-0.3, 0], deviation: [0.2, 0.15], weight: 2 },
  { class: 1, mean: [5, 6], deviation: [0.2, 0.15], weight: 1 },
  { class: 1, mean: [5, -6], deviation: [0.1], weight: 1 },
];
const mixture: LabelledDataset = { kind: "gaussianMixture", inputDim: 3, clusters, trainSize: 4000, testSize: 500 };

test("samples have the share, the means and the deviations of their clusters", async () => {
  const { train, test: held } = await draw(mixture);
  expect([train.classes, held!.labels.length, train.inputDim]).toEqual([undefined, 500, 3]);
  const found = [rowsOf(train, -1), rowsOf(train, 1).filter(([, y]) => y! > 0), rowsOf(train, 1).filter(([, y]) => y! < 0)];
  for (const [c, { mean, deviation, weight }] of clusters.entries()) {
    const rows = found[c]!;
    const share = weight / 4;
    expect(Math.abs(rows.length - 4000 * share)).toBeLessThan(6 * Math.sqrt(4000 * share * (1 - share)));
    for (const k of [0, 1, 2]) {
      const sigma = deviation[k] ?? deviation.at(-1)!;
      const values = rows.map((row) => row[k]! - (mean[k] ?? 0));
      // Six deviations of the mean, and of the variance, of so many normals.
      expect(Math.abs(meanOf(values))).toBeLessThan((6 * sigma) / Math.sqrt(rows.length));
      expect(Math.abs(meanOf(values.map((x) => x * x)) / sigma ** 2 - 1)).toBeLessThan(6 * Math.sqrt(2 / rows.length));
    }
  }
});

test("more samples go on where fewer ended, test samples are others, and the twin draws the same bits", async () => {
  const [few, many] = [await draw({ ...mixture, trainSize: 20 }), await draw({ ...mixture, trainSize: 60 })];
  expect(many.train.inputs.subarray(0, 60)).toEqual(few.train.inputs);
  expect(Array.from(many.train.labels).slice(0, 20)).toEqual(few.train.labels);
  expect(few.test!.inputs.subarray(0, 60)).not.toEqual(few.train.inputs);
  expect(await draw({ ...mixture, trainSize: 20 }, 5, twin)).toEqual(await draw({ ...mixture, trainSize: 20 }, 5));
});

describe("classes around random means", () => {
  const choice: LabelledDataset = {
    kind: "gaussianClasses",
    inputDim: 40,
    classes: 5,
    meanNorm: 3,
    deviation: 0.1,
    trainSize: 3000,
    testSize: 10,
  };

  test("are balanced, each around one mean of that norm, the same in the test set", async () => {
    const { train, test: held } = await draw(choice);
    expect([train.classes, datasetSizes(choice).classes]).toEqual([5, 5]);
    const means = [0, 1, 2, 3, 4].map((c) => {
      const rows = rowsOf(train, c);
      expect(Math.abs(rows.length - 600)).toBeLessThan(6 * Math.sqrt(3000 * 0.2 * 0.8));
      return Array.from({ length: 40 }, (_, k) => meanOf(rows.map((row) => row[k]!)));
    });
    for (const mean of means) expect(Math.abs(Math.hypot(...mean) - 3)).toBeLessThan(0.05); // the error of a mean is 0.1 sqrt(40 / 600) = 0.026 long
    for (const c of [0, 1, 2, 3, 4]) {
      for (const row of rowsOf(held!, c)) {
        const distances = means.map((mean) => Math.hypot(...mean.map((x, k) => x - row[k]!)));
        expect(distances.indexOf(Math.min(...distances))).toBe(c);
      }
    }
  });

  test("have the shares of their weights", async () => {
    const { train } = await draw({ ...choice, weights: [8, 4, 2, 1, 1] } as LabelledDataset);
    for (const [c, weight] of [8, 4, 2, 1, 1].entries()) {
      const share = weight / 16;
      expect(Math.abs(rowsOf(train, c).length - 3000 * share)).toBeLessThan(6 * Math.sqrt(3000 * share * (1 - share)));
    }
  });

  test("of two classes are labelled -1 and +1; another seed has other means", async () => {
    const two = { ...choice, classes: 2 } as LabelledDataset;
    const [first, other] = [(await draw(two)).train, (await draw(two, 1)).train];
    expect(new Set(first.labels as number[])).toEqual(new Set([-1, 1]));
    expect(first.classes).toBeUndefined();
    const mean = (data: LabelledData): number => meanOf(rowsOf(data, 1).map(([x]) => x!));
    expect(Math.abs(mean(first) - mean(other))).toBeGreaterThan(0.05);
  });
});

test.each([
  ["gaussianMixture", { inputDim: 1, clusters }, "dataset.clusters[0].mean: must hold at most inputDim = 1 entries, got 2"],
  [
    "gaussianMixture",
    { inputDim: 3, clusters: [clusters[0], clusters[0]] },
    "dataset.clusters: must hold clusters of every class from 0 to 1",
  ],
  [
    "gaussianMixture",
    { inputDim: 3, clusters: [clusters[0], { ...clusters[0], class: 2 }] },
    "dataset.clusters: must hold clusters of every class from 0 to 2",
  ],
  [
    "gaussianMixture",
    { inputDim: 3, clusters: [clusters[0], { ...clusters[0], class: 1e15 }] },
    "dataset.clusters: must hold clusters of every class from 0 to ",
  ],
  [
    "gaussianClasses",
    { inputDim: 3, classes: 3, meanNorm: 1, deviation: 1, weights: [1, 2] },
    "dataset.weights: must hold 3 entries, one per class, got 2",
  ],
])("%s of %o is refused where it does not fit", (kind, value, message) => {
  expect(() => parseDefinition(changed(tiny, "dataset", { kind, trainSize: 10, testSize: 0, ...value }))).toThrow(message);
});
