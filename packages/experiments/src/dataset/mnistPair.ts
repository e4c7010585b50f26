import { expecting, field, integer, ruled, z } from "../definition/schema.js";
import { datasetBase, datasetMember } from "./dataset.js";
import { drawImages, imageSizes } from "./imageSelection.js";
import { mnistImages, mnistLabelled } from "./mnistImages.js";

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

/** Two digits of MNIST: `trainSize` images drawn from the 60 000, all images of the pair among the 10 000 as test set. */
export const mnistPair = datasetMember({
  schema,
  title: "MNIST 3 against 6",
  summary: "two digits of MNIST, pixels in [0, 1], a drawn training subset, the pair's whole test set",
  examples: [{ kind: "mnistPair", digits: [3, 6], trainSize: 100 }],
  sizes: ({ digits, trainSize, pool = 1 }) => ({
    ...imageSizes({ groups: digits.map((one) => [one]), trainSize, pool }, mnistLabelled.shape), // files of other images may be put in their place
    drawBytes: 0,
  }),
  files: () => [mnistImages],
  build:
    ({ digits, trainSize, pool = 1 }) =>
    async (seed, { kernels, files }) => {
      const choice = { groups: digits.map((one) => [one]), trainSize, pool };
      const imageOf = (wanted: number): string => `a ${wanted}`;
      const source = { kernels, seed, path: "dataset.digits", imageOf, ofThese: "of these digits" };
      return drawImages(await files.images(mnistImages), choice, source);
    },
});
