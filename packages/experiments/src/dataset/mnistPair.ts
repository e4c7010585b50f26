import { DataError, drawSubset, type LabelledData, streams } from "@steepest/core";
import { expecting, field, integer, ruled, z } from "../definition/schema.js";
import { datasetBase, datasetMember, type ImageSet } from "./dataset.js";

const digit = () => expecting("must be a digit from 0 to 9", (error) => z.number(error).int(error).min(0, error).max(9, error));

const schema = ruled(
  z.strictObject({
    kind: z.literal("mnistPair"),
    digits: field(z.tuple([digit(), digit()]), "Two different digits: the first is labelled -1, the second +1.", {
      unit: "digit",
      example: [3, 6],
    }).meta({ uniqueItems: true }),
    trainSize: field(integer(2), "Training images of the two digits that a seed draws.", { unit: "samples", example: 100 }),
    pool: field(integer(2), "Side of the squares of pixels that are averaged; it divides 28.", { unit: "pixels", example: 2 }).optional(),
    ...datasetBase,
  }),
  {
    problems: ({ digits }) =>
      Array.isArray(digits) && digits.length === 2 && digits[0] === digits[1]
        ? [{ path: ["digits"], message: `must be two different digits, got [${digits}]` }]
        : [],
  },
);

function indicesOf({ labels }: ImageSet, digits: readonly number[]): number[] {
  const indices: number[] = [];
  labels.forEach((label, i) => {
    if (digits.includes(label)) indices.push(i);
  });
  return indices;
}

/** The images of a set as inputs in [0, 1], each entry the mean over a square of `pool` x `pool` pixels. */
function inputsAt({ pixels, rows, columns }: ImageSet, indices: readonly number[], pool: number): Float64Array {
  const [height, width] = [rows / pool, columns / pool];
  const inputs = new Float64Array(indices.length * height * width);
  let next = 0;
  for (const index of indices) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        let sum = 0;
        for (let k = 0; k < pool * pool; k++) {
          sum += pixels[(index * rows + row * pool + Math.floor(k / pool)) * columns + column * pool + (k % pool)]!;
        }
        inputs[next++] = sum / (pool * pool * 255);
      }
    }
  }
  return inputs;
}

function samplesAt(images: ImageSet, indices: readonly number[], positive: number, pool: number): LabelledData {
  return {
    inputs: inputsAt(images, indices, pool),
    labels: indices.map((index) => (images.labels[index] === positive ? 1 : -1)),
    inputDim: (images.rows / pool) * (images.columns / pool),
  };
}

function requireDivisible(pool: number, { rows, columns }: ImageSet): void {
  if (rows % pool === 0 && columns % pool === 0) return;
  throw DataError.at("dataset.pool", `must divide both sides of the images, ${rows} x ${columns}, got ${pool}`, { value: pool });
}

/** Sizes of the images of MNIST; files of other images may be put in their place. */
const side = 28;

/** Two digits of MNIST: `trainSize` images drawn from the 60 000, all images of the pair among the 10 000 as test set. */
export const mnistPair = datasetMember({
  schema,
  title: "MNIST 3 against 6",
  summary: "two digits of MNIST, pixels in [0, 1], a drawn training subset, the pair's whole test set",
  examples: [{ kind: "mnistPair", digits: [3, 6], trainSize: 100 }],
  sizes: ({ trainSize, pool = 1 }) => ({
    trainSize,
    testSize: 0,
    inputDim: Math.max(1, Math.floor(side / pool)) ** 2,
    isDense: false,
    drawBytes: 0,
  }),
  files: ["mnist"],
  pixels: ({ pool = 1 }) => Math.floor(side / pool) ** 2,
  build:
    ({ digits, trainSize, pool = 1 }) =>
    async (seed, { kernels, files }) => {
      const { train, test } = await files.mnist();
      const population = indicesOf(train, digits);
      for (const wanted of digits) {
        if (!train.labels.includes(wanted))
          throw DataError.at("dataset.digits", `the training file holds no image of a ${wanted}`, { value: wanted });
      }
      if (population.length < trainSize) {
        throw DataError.at(
          "dataset.trainSize",
          `${trainSize} images wanted, the training file holds ${population.length} of these digits`,
          { value: trainSize },
        );
      }
      for (const images of [train, test]) requireDivisible(pool, images);
      const drawn = drawSubset(kernels, population, { seed, stream: streams.selection, count: trainSize });
      return { train: samplesAt(train, drawn, digits[1], pool), test: samplesAt(test, indicesOf(test, digits), digits[1], pool) };
    },
});
