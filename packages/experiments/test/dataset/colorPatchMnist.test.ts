import { expect, test } from "vitest";
import { type DatasetFiles, datasetSizes, drawData, type LabelledDataset, parseDefinition } from "../../src/index.js";
import { binary, twin } from "../support/hosts.js";
import { imageSet } from "../support/imageSet.js";
import { changed, tiny } from "../support/tiny.js";

const sides = { rows: 6, columns: 6 };
const files: DatasetFiles = {
  images: async () => ({ train: imageSet(120, [0, 1, 2], 0, sides), test: imageSet(30, [2, 1, 0], 3, sides) }),
};
const choice = { kind: "colorPatchMnist", classes: [0, [1, 2]], trainSize: 90, patch: 2, agreement: 1, testPatch: "flipped" } as const;
const draw = (change: object = {}, kernels = binary) => drawData({ ...choice, ...change } as LabelledDataset, 2, { kernels, files });

/** The patch of every sample: its channel, or undefined where it is none; all channels elsewhere hold the same grey image. */
function patches(
  { inputs, labels }: { readonly inputs: Float64Array; readonly labels: ArrayLike<number> },
  side = 6,
  patch = 2,
): (number | undefined)[] {
  const size = side * side;
  return Array.from(labels, (_, i) => {
    const channels = [0, 1, 2].map((c) => inputs.subarray((3 * i + c) * size, (3 * i + c + 1) * size));
    const inside = (k: number): boolean => k % side < patch && Math.floor(k / side) < patch;
    const colours = channels.map((channel) => new Set(channel.filter((__, k) => inside(k))));
    channels[0]!.forEach((grey, k) => {
      if (!inside(k)) expect([channels[1]![k], channels[2]![k]]).toEqual([grey, grey]);
    });
    const found = colours.findIndex((values) => values.size === 1 && values.has(1));
    if (found < 0) return undefined;
    for (const [c, values] of colours.entries()) expect([...values]).toEqual([c === found ? 1 : 0]);
    return found;
  });
}

const classOf = (label: number): number => (label + 1) / 2;

test("the patch has the colour of the class in training and of the other one in the test", async () => {
  const { train, test: held } = await draw();
  expect([train.inputDim, held!.inputDim]).toEqual([108, 108]);
  expect(patches(train)).toEqual(Array.from(train.labels, classOf));
  expect(patches(held!)).toEqual(Array.from(held!.labels, (label) => 1 - classOf(label)));
});

test("kept patches have the colour of the class, and without patches the images are those of MNIST", async () => {
  const kept = (await draw({ testPatch: "kept" })).test!;
  expect(patches(kept)).toEqual(Array.from(kept.labels, classOf));
  const none = (await draw({ testPatch: "none" })).test!;
  const grey = (await drawData({ kind: "mnist", classes: [0, [1, 2]], trainSize: 90 }, 2, { kernels: binary, files })).test!;
  expect(none.labels).toEqual(grey.labels);
  for (let i = 0; i < none.labels.length; i++)
    for (const c of [0, 1, 2])
      expect(none.inputs.subarray((3 * i + c) * 36, (3 * i + c + 1) * 36)).toEqual(grey.inputs.subarray(36 * i, 36 * i + 36));
});

test("agreement is the share of training images whose patch tells the class; of three classes the others have the next colour", async () => {
  const { train } = await draw({ classes: [0, 1, 2], agreement: 0.7 });
  const found = patches(train);
  const agreeing = found.filter((colour, i) => colour === train.labels[i]).length;
  expect(Math.abs(agreeing - 63)).toBeLessThan(6 * Math.sqrt(90 * 0.7 * 0.3));
  for (const [i, colour] of found.entries()) expect([train.labels[i], (train.labels[i]! + 1) % 3]).toContain(colour);
  expect(await draw({ agreement: 0.7 }, twin)).toEqual(await draw({ agreement: 0.7 }));
});

test("pooled images of MNIST are three channels of 14 x 14", () => {
  expect(datasetSizes({ ...choice, pool: 2 })).toMatchObject({ inputDim: 588, image: { channels: 3, height: 14, width: 14 } });
});

test.each([
  [{ classes: [0, 1, 2, 3] }, "dataset.classes: must be at most 3 classes, one per colour, got 4"],
  [{ classes: "each" }, 'dataset.classes: must be at most 3 classes, one per colour, got "each"'],
  [{ pool: 4, patch: 8 }, "dataset.patch: must be at most the side of the images, 7, got 8"],
  [{ agreement: 1.1 }, "dataset.agreement: must be a number from 0 to 1, got 1.1"],
])("%o is refused", (change, message) => {
  expect(() => parseDefinition(changed(tiny, "dataset", { ...choice, ...change }))).toThrow(message);
});
