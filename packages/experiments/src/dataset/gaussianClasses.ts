import { drawNormal, streams } from "@steepest/core";
import type { OptionsOf } from "../definition/choice.js";
import { field, integer, nonNegative, positive, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetBase, datasetMember } from "./dataset.js";
import { generated } from "./generator.js";
import { labelOf, mixture, mixtureBytes } from "./mixture.js";

const form = z.strictObject({
  kind: z.literal("gaussianClasses"),
  inputDim: field(integer(1), "Coordinates of a sample.", { unit: "coordinates", example: 20 }),
  classes: field(integer(2), "Classes, each a Gaussian cluster; two are labelled -1 and +1, more 0, 1, ...", {
    unit: "classes",
    example: 10,
  }),
  meanNorm: field(positive(), "Euclidean norm of every class's mean, whose direction is uniform on the sphere and drawn by the seed.", {
    unit: "coordinate",
    example: 4,
  }),
  deviation: field(nonNegative(), "Standard deviation of every coordinate around the mean.", { unit: "coordinate", example: 0.5 }),
  weights: field(z.array(positive()).min(2), "Samples are of a class with a probability proportional to its weight; equal without.", {
    unit: "1",
    example: [4, 2, 1],
  }).optional(),
  trainSize: field(integer(2), "Training samples.", { unit: "samples", example: 100 }),
  testSize: field(integer(0), "Test samples; 0 for none.", { unit: "samples", example: 1000 }),
  ...datasetBase,
});

const schema = ruled(form, {
  problems: ({ classes, weights }) =>
    Array.isArray(weights) && typeof classes === "number" && weights.length !== classes
      ? [{ path: ["weights"], message: `must hold ${classes} entries, one per class, got ${weights.length}` }]
      : [],
});

type Classes = OptionsOf<ReadonlyTree<z.output<typeof form>>>;

/** One Gaussian cluster per class around means of one norm in random directions; class weights make them imbalanced. */
export const gaussianClasses = datasetMember({
  schema,
  title: "Gaussian classes",
  summary: "any number of classes, each a Gaussian cluster around a random direction, balanced or weighted",
  examples: [
    { kind: "gaussianClasses", inputDim: 20, classes: 2, meanNorm: 4, deviation: 0.5, trainSize: 60, testSize: 0 },
    { kind: "gaussianClasses", inputDim: 20, classes: 10, meanNorm: 4, deviation: 0.5, trainSize: 100, testSize: 50 },
    { kind: "gaussianClasses", inputDim: 6, classes: 3, weights: [4, 2, 1], meanNorm: 4, deviation: 0.5, trainSize: 60, testSize: 0 },
  ],
  sizes: ({ inputDim, classes, trainSize, testSize }) => ({
    trainSize,
    testSize,
    inputDim,
    ...(classes === 2 ? {} : { classes }),
    isDense: true,
    drawBytes: mixtureBytes(Math.max(trainSize, testSize), inputDim) + 8 * 2 * classes * inputDim,
  }),
  files: () => [],
  ...generated(({ inputDim, classes, meanNorm, deviation, weights }: Classes) =>
    mixture(
      (seed, kernels) => {
        const directions = drawNormal(kernels, { seed, stream: streams.teacher, count: classes * inputDim });
        const deviations = new Array<number>(inputDim).fill(deviation);
        return Array.from({ length: classes }, (_, c) => {
          const direction = directions.subarray(c * inputDim, (c + 1) * inputDim);
          const length = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0));
          const mean = direction.map((x) => (meanNorm * x) / length);
          return { label: labelOf(c, classes), weight: weights?.[c] ?? 1, mean, deviation: deviations };
        });
      },
      inputDim,
      classes === 2 ? undefined : classes,
    ),
  ),
});
