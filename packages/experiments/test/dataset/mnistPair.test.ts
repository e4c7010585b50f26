import { DataError } from "@steepest/core";
import { expect, test } from "vitest";
import { drawData, type ImageSet } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { imageSet } from "../support/imageSet.js";

const train = imageSet(36, [3, 6, 8]);
const held = imageSet(9, [6, 1, 3], 5);

function drawn(
  seed: number,
  { digits = [3, 6] as [number, number], trainSize = 10, files = { train, test: held }, kernels = binary } = {},
) {
  return drawData({ kind: "mnistPair", digits, trainSize }, seed, { kernels, files: { images: async () => files } });
}

const imageOf = ({ pixels }: ImageSet, index: number): number[] =>
  Array.from(pixels.subarray(index * 6, index * 6 + 6), (byte) => byte / 255);

const split = ({ inputs, labels }: { inputs: Float64Array; labels: ArrayLike<number> }): { x: number[]; y: number }[] =>
  Array.from(labels, (y, i) => ({ x: [...inputs.subarray(i * 6, i * 6 + 6)], y }));

test("the training samples are different images of the two digits, pixels over 255, the first digit labelled -1", async () => {
  const samples = split((await drawn(0, { trainSize: 20 })).train);
  const expected = Array.from(train.labels).flatMap((digit, i) => (digit === 8 ? [] : [{ x: imageOf(train, i), y: digit === 3 ? -1 : 1 }]));
  expect(samples).toHaveLength(20);
  for (const sample of samples) expect(expected).toContainEqual(sample);
  expect(new Set(samples.map(({ x }) => x.join(" "))).size).toBe(20);
});

test("the test samples are all images of the two digits in the test file, in order", async () => {
  const expected = Array.from(held.labels).flatMap((digit, i) => (digit === 1 ? [] : [{ x: imageOf(held, i), y: digit === 3 ? -1 : 1 }]));
  expect(split((await drawn(0)).test!)).toEqual(expected);
});

test("a seed draws the selection: the same images from the binary and from the twin, others for another seed", async () => {
  const first = await drawn(1);
  expect(await drawn(1, { kernels: twin })).toEqual(first);
  expect((await drawn(2)).train.inputs).not.toEqual(first.train.inputs);
});

test("swapped digits give the same images with the other labels", async () => {
  const [one, other] = [await drawn(1), await drawn(1, { digits: [6, 3] })];
  expect(other.train.inputs).toEqual(one.train.inputs);
  expect(other.train.labels).toEqual(Array.from(one.train.labels, (y) => -y));
});

test.each([
  ["a file without one of the digits", { digits: [3, 7] as [number, number] }, "dataset.digits: the training file holds no image of a 7"],
  ["fewer images than wanted", { trainSize: 25 }, "dataset.trainSize: 25 images wanted, the training file holds 24 of these digits"],
])("%s is a DataError", async (_, changes, message) => {
  const error = await drawn(0, changes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DataError);
  expect((error as DataError).message).toBe(message);
  expect((error as DataError).path).toBe(message.split(":")[0]);
});

test("pooled images hold the means of squares of pixels, of the same selection", async () => {
  const images = (labels: readonly number[], count: number) => {
    const pixels = Uint8Array.from({ length: count * 24 }, (_, i) => (i * 37) % 256);
    return { pixels, labels: Uint8Array.from({ length: count }, (_, i) => labels[i % labels.length]!), rows: 4, columns: 6 };
  };
  const files = { train: images([3, 6], 12), test: images([6, 3], 4) };
  const build = (pool?: number) =>
    drawData({ kind: "mnistPair", digits: [3, 6], trainSize: 8, ...(pool && { pool }) }, 0, {
      kernels: binary,
      files: { images: async () => files },
    });
  const [plain, pooled] = [await build(), await build(2)];
  expect(pooled.train.inputDim).toBe(6);
  expect(pooled.train.labels).toEqual(plain.train.labels);
  for (const [fine, coarse] of [
    [plain.train, pooled.train],
    [plain.test!, pooled.test!],
  ] as const) {
    expect(coarse.inputs).toHaveLength(fine.inputs.length / 4);
    coarse.inputs.forEach((value, i) => {
      const [image, row, column] = [Math.floor(i / 6), Math.floor((i % 6) / 3), i % 3];
      const at = (r: number, c: number) => fine.inputs[image * 24 + (2 * row + r) * 6 + 2 * column + c]!;
      // Four quotients and three sums of numbers below 1, a quarter of them: each rounds by at most 2^-52 relative to 4.
      expect(Math.abs(value - (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4)).toBeLessThanOrEqual(8 * 2 ** -53);
    });
  }
  await expect(build(4)).rejects.toMatchObject({
    code: "DATA",
    path: "dataset.pool",
    message: "dataset.pool: must divide both sides of the images, 4 x 6, got 4",
  });
});
