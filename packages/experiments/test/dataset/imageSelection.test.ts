import { DataError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import {
  type DatasetFiles,
  datasetSizes,
  drawData,
  filesReadBy,
  type ImageSet,
  type LabelledDataset,
  parseDefinition,
} from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { imageSet } from "../support/imageSet.js";
import { changed, tiny } from "../support/tiny.js";

const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const parts = { train: imageSet(120, digits), test: imageSet(40, digits, 5) };
const host = (train: ImageSet = parts.train, test: ImageSet = parts.test): DatasetFiles => ({ images: async () => ({ train, test }) });
const draw = (choice: LabelledDataset, files = host(), seed = 0, kernels = binary) => drawData(choice, seed, { kernels, files });

/** The label of the file behind every drawn sample, found by its pixels, all of which differ between images. */
function fileLabels(
  { inputs, inputDim }: { readonly inputs: Float64Array; readonly inputDim: number },
  { pixels, labels }: ImageSet,
): number[] {
  const size = pixels.length / labels.length;
  expect(size).toBe(inputDim);
  const byPixels = new Map(Array.from(labels, (label, i) => [pixels.subarray(i * size, (i + 1) * size).join(), label]));
  return Array.from({ length: inputs.length / inputDim }, (_, i) => {
    const bytes = Array.from(inputs.subarray(i * inputDim, (i + 1) * inputDim), (x) => Math.round(x * 255));
    return byPixels.get(bytes.join())!;
  });
}

test.each<[string, LabelledDataset & { kind: "mnist" }, (digit: number) => number]>([
  ["two digits", { kind: "mnist", classes: [3, 6], trainSize: 20 }, (digit) => (digit === 3 ? -1 : digit === 6 ? 1 : Number.NaN)],
  [
    "odd against even",
    {
      kind: "mnist",
      classes: [
        [0, 2, 4, 6, 8],
        [1, 3, 5, 7, 9],
      ],
      trainSize: 60,
    },
    (digit) => (digit % 2 === 0 ? -1 : 1),
  ],
  ["the rest against one", { kind: "mnist", classes: [[0, 1, 2, 3, 4, 5, 6, 8, 9], 7], trainSize: 80 }, (digit) => (digit === 7 ? 1 : -1)],
  [
    "three classes, one of two digits",
    { kind: "mnist", classes: [8, [1, 7], 4], trainSize: 40 },
    (digit) => ([1, 7].includes(digit) ? 1 : digit === 8 ? 0 : digit === 4 ? 2 : Number.NaN),
  ],
  ["every digit", { kind: "mnist", classes: "each", trainSize: 100 }, (digit) => digit],
])("%s: every sample has the label of its class, in training and test data", async (_, choice, label) => {
  const { train, test: held } = await draw(choice);
  expect(train.labels).toEqual(fileLabels(train, parts.train).map(label));
  expect(held!.labels).toEqual(fileLabels(held!, parts.test).map(label));
  expect(new Set(fileLabels(train, parts.train).map((_, i) => train.inputs.subarray(i * 6, i * 6 + 6).join())).size).toBe(choice.trainSize);
  const classes = choice.classes === "each" ? 10 : choice.classes.length;
  expect(train.classes).toBe(classes === 2 ? undefined : classes);
  expect(held!.classes).toBe(train.classes);
  expect(datasetSizes(choice).classes).toBe(train.classes);
});

test("two digits are the samples of mnistPair, bit for bit", async () => {
  const [pair, two] = [
    await draw({ kind: "mnistPair", digits: [7, 2], trainSize: 9 }),
    await draw({ kind: "mnist", classes: [7, 2], trainSize: 9 }),
  ];
  expect(two).toEqual(pair);
});

test("testSize takes the first test images of the classes", async () => {
  const choice = { kind: "mnist", classes: [1, 2], trainSize: 4 } as const;
  const [all, some] = [(await draw(choice)).test!, (await draw({ ...choice, testSize: 3 })).test!];
  expect(some.inputs).toEqual(all.inputs.subarray(0, 3 * 6));
  expect(some.labels).toEqual(Array.from(all.labels).slice(0, 3));
});

test("the images of EMNIST are held column by column and come upright, pooled or not", async () => {
  const sides = { rows: 4, columns: 6 };
  const upright = imageSet(24, [10, 18], 0, sides);
  const across = {
    ...upright,
    pixels: upright.pixels.map((_, k) => {
      const [image, column, row] = [Math.floor(k / 24), Math.floor((k % 24) / 4), k % 4]; // the file's own order: columns outermost
      return upright.pixels[image * 24 + row * 6 + column]!;
    }),
  };
  for (const pool of [1, 2]) {
    const common = { classes: [10, 18], trainSize: 12, ...(pool > 1 && { pool }) };
    const emnist: LabelledDataset = { kind: "emnist", split: "balanced", ...common };
    const drawn = await draw(emnist, host(across, across));
    const renamed = { ...upright, labels: upright.labels.map((label) => (label === 10 ? 3 : 6)) };
    const expected = await draw({ kind: "mnist", ...common, classes: [3, 6] }, host(renamed, renamed));
    expect(drawn).toEqual(expected);
  }
});

test("every split of EMNIST has files of its own, and its labels", () => {
  const splits = { byclass: 62, bymerge: 47, balanced: 47, letters: 26, digits: 10, mnist: 10 } as const;
  for (const [split, classes] of Object.entries(splits)) {
    const choice = { kind: "emnist", split, classes: "each", trainSize: 9 } as LabelledDataset;
    const [collection] = filesReadBy(choice);
    expect(collection).toMatchObject({ id: `emnist-${split}`, train: [`emnist-${split}-train`], test: [`emnist-${split}-test`] });
    expect(datasetSizes(choice)).toMatchObject({ classes, inputDim: 784, image: { channels: 1, height: 28, width: 28 } });
  }
});

test("the channels of CIFAR-10 come one after the other, pooled each by itself", async () => {
  const images = imageSet(40, [3, 5], 0, { channels: 3, rows: 4, columns: 4 });
  const [plain, pooled] = [
    await draw({ kind: "cifar10", classes: [3, 5], trainSize: 6 }, host(images, images)),
    await draw({ kind: "cifar10", classes: [3, 5], trainSize: 6, pool: 4 }, host(images, images)),
  ];
  expect(fileLabels(plain.train, images).map((label) => label - 4)).toEqual(plain.train.labels);
  expect(pooled.train.inputDim).toBe(3);
  pooled.train.inputs.forEach((mean, k) => {
    const channel = plain.train.inputs.subarray(k * 16, (k + 1) * 16);
    // Sixteen quotients, fifteen sums of numbers up to 16: each rounds by at most 2^-53 of 16, and the mean is a sixteenth of that.
    expect(Math.abs(mean - channel.reduce((a, b) => a + b) / 16)).toBeLessThanOrEqual(32 * 2 ** -53);
  });
  expect(datasetSizes({ kind: "cifar10", classes: "each", trainSize: 6, pool: 4 })).toMatchObject({
    inputDim: 192,
    classes: 10,
    image: { channels: 3, height: 8, width: 8 },
  });
});

describe("label noise", () => {
  const choice: LabelledDataset = { kind: "mnist", classes: "each", trainSize: 110 };
  const noisy = (labelNoise: number, seed = 0, kernels = binary) => draw({ ...choice, labelNoise }, host(), seed, kernels);

  test("replaces labels of training samples by others, and nothing else", async () => {
    const [clean, some, all, none] = [await draw(choice), await noisy(0.3), await noisy(1), await noisy(0)];
    expect(none).toEqual(clean);
    expect(some.test).toEqual(clean.test);
    expect(some.train.inputs).toEqual(clean.train.inputs);
    const replaced = Array.from(some.train.labels).filter((label, i) => label !== clean.train.labels[i]).length;
    // Binomial(110, 0.3): mean 33, deviation 4.81; six deviations.
    expect(Math.abs(replaced - 33)).toBeLessThan(29);
    Array.from(all.train.labels).forEach((label, i) => {
      expect(digits).toContain(label);
      expect(label).not.toBe(clean.train.labels[i]);
    });
    const shifts = Array.from(all.train.labels, (label, i) => (label - clean.train.labels[i]! + 10) % 10);
    expect(new Set(shifts)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  test("flips labels of two classes", async () => {
    const pair: LabelledDataset = { kind: "mnistPair", digits: [3, 6], trainSize: 20 };
    const [clean, flipped] = [await draw(pair), await draw({ ...pair, labelNoise: 1 })];
    expect(flipped.train.labels).toEqual(Array.from(clean.train.labels, (label) => -label));
  });

  test("is drawn by the seed: the same from the binary and from the twin; a larger share replaces the labels of a smaller one too", async () => {
    expect(await noisy(0.3, 4, twin)).toEqual(await noisy(0.3, 4));
    const clean = (await draw(choice, host(), 4)).train.labels;
    const [few, many] = [(await noisy(0.2, 4)).train.labels, (await noisy(0.6, 4)).train.labels];
    for (let i = 0; i < 110; i++) if (few[i] !== clean[i]) expect(many[i]).not.toBe(clean[i]);
  });
});

test.each([
  ["a digit twice", [3, [6, 3]], "dataset.classes[1][1]: must be in one class only, got 3 again"],
  ["one class", [3], "dataset.classes: must hold at least 2 entries, got [3]"],
  ["a word", "all", 'dataset.classes: must be "each" or a list of at least two classes, such as [3, 6] or [[0, 2], [1, 3]], got "all"'],
  ["no such digit", [3, 10], "dataset.classes[1]: must be a label from 0 to 9, got 10"],
  ["no such digit in a group", [3, [4, 10]], "dataset.classes[1][1]: must be a label from 0 to 9, got 10"],
])("%s is refused where it stands", (_, classes, message) => {
  expect(() => parseDefinition(changed(tiny, "dataset", { kind: "mnist", classes, trainSize: 10 }))).toThrow(message);
});

test("a label that the split of EMNIST does not have is refused", () => {
  const choice = { kind: "emnist", split: "letters", classes: [0, 26], trainSize: 10 };
  expect(() => parseDefinition(changed(tiny, "dataset", choice))).toThrow(
    "dataset.classes[0]: must be a label of the split letters, from 1 to 26, got 0",
  );
});

test.each([
  [{ classes: [3, 7] as number[] }, imageSet(40, [3, 6]), "dataset.classes: the training file holds no image of label 7"],
  [{ trainSize: 41 }, imageSet(40, [3, 6]), "dataset.trainSize: 41 images wanted, the training file holds 40 of these classes"],
  [{ pool: 4 }, imageSet(40, [3, 6]), "dataset.pool: must divide both sides of the images, 2 x 3, got 4"],
])("%o is a DataError", async (change, images, message) => {
  const error = await draw({ kind: "mnist", classes: [3, 6], trainSize: 8, ...change }, host(images, images)).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toBe(message);
});
