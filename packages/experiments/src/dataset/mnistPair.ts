import { DataError, drawSubset, type LabelledData, streams } from "@steepest/core";
import { expecting, integer } from "../definition/choice.js";
import { z } from "../definition/zod.js";
import type { DatasetChoice, ImageSet } from "./dataset.js";

export interface MnistPairChoice {
  readonly kind: "mnistPair";
  /** The first is labelled -1, the second +1. */
  readonly digits: readonly [number, number];
  /** How many training images of the two digits the seed draws, without regard to the class. */
  readonly trainSize: number;
}

const digit = () => expecting("must be a digit from 0 to 9", (error) => z.number(error).int(error).min(0, error).max(9, error));

const schema = z
  .strictObject({ kind: z.literal("mnistPair"), digits: z.tuple([digit(), digit()]), trainSize: integer(2) })
  .superRefine(({ digits }, context) => {
    if (digits[0] === digits[1])
      context.addIssue({ code: "custom", path: ["digits"], message: `must be two different digits, got [${digits}]` });
  });

function indicesOf({ labels }: ImageSet, digits: readonly number[]): number[] {
  const indices: number[] = [];
  labels.forEach((label, i) => {
    if (digits.includes(label)) indices.push(i);
  });
  return indices;
}

/** Pixels in [0, 1]. */
function samplesAt({ pixels, labels, rows, columns }: ImageSet, indices: readonly number[], positive: number): LabelledData {
  const inputDim = rows * columns;
  const inputs = new Float64Array(indices.length * inputDim);
  indices.forEach((index, i) => {
    for (let k = 0; k < inputDim; k++) inputs[i * inputDim + k] = pixels[index * inputDim + k]! / 255;
  });
  return { inputs, labels: indices.map((index) => (labels[index] === positive ? 1 : -1)), inputDim };
}

/** Two digits of MNIST: `trainSize` images drawn from the 60 000, all images of the pair among the 10 000 as test set. */
export const mnistPair: DatasetChoice<MnistPairChoice> = {
  schema: schema as unknown as z.ZodType<MnistPairChoice>,
  summary: "two digits of MNIST, pixels in [0, 1], a drawn training subset, the pair's whole test set",
  build:
    ({ digits, trainSize }) =>
    async (seed, { kernels, files }) => {
      const { train, test } = await files.mnist();
      const population = indicesOf(train, digits);
      for (const wanted of digits) {
        if (!train.labels.includes(wanted))
          throw new DataError(`dataset.digits: the training file holds no image of a ${wanted}`, { path: "dataset.digits", value: wanted });
      }
      if (population.length < trainSize) {
        throw new DataError(`dataset.trainSize: ${trainSize} images wanted, the training file holds ${population.length} of these digits`, {
          path: "dataset.trainSize",
          value: trainSize,
        });
      }
      const drawn = drawSubset(kernels, population, { seed, stream: streams.selection, count: trainSize });
      return { train: samplesAt(train, drawn, digits[1]), test: samplesAt(test, indicesOf(test, digits), digits[1]) };
    },
};
