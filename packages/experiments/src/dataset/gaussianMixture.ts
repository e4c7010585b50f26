import type { OptionsOf } from "../definition/choice.js";
import { field, integer, nonNegative, positive, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetBase, datasetMember } from "./dataset.js";
import { generated } from "./generator.js";
import { labelOf, mixture, mixtureBytes } from "./mixture.js";

const cluster = z.strictObject({
  class: field(integer(0), "Class of its samples: 0, 1, ... Of two classes 0 is labelled -1, 1 is labelled +1.", {
    unit: "class",
    example: 0,
  }),
  mean: field(z.array(z.number()).min(1), "Mean of its samples; coordinates that are left out are 0.", {
    unit: "coordinate",
    example: [0.3, 0.6],
  }),
  deviation: field(
    z.array(nonNegative()).min(1),
    "Standard deviation of its samples in each coordinate; the last entry is that of all further coordinates.",
    { unit: "coordinate", example: [0.2, 0.15] },
  ),
  weight: field(positive(), "Samples are of this cluster with a probability proportional to it.", { unit: "1", example: 1 }),
});

const form = z.strictObject({
  kind: z.literal("gaussianMixture"),
  inputDim: field(integer(1), "Coordinates of a sample.", { unit: "coordinates", example: 2 }),
  clusters: field(z.array(cluster).min(2), "Gaussian clusters; every class from 0 to the largest has one.", {
    example: [
      { class: 0, mean: [-0.3], deviation: [0.2], weight: 1 },
      { class: 1, mean: [0.3], deviation: [0.2], weight: 1 },
    ],
  }),
  trainSize: field(integer(2), "Training samples.", { unit: "samples", example: 60 }),
  testSize: field(integer(0), "Test samples; 0 for none.", { unit: "samples", example: 1000 }),
  ...datasetBase,
});

type Mixture = OptionsOf<ReadonlyTree<z.output<typeof form>>>;

const schema = ruled(form, { problems: ({ clusters, inputDim }) => (Array.isArray(clusters) ? misfits(clusters, inputDim) : []) });

function misfits(clusters: readonly unknown[], inputDim: unknown): { path: PropertyKey[]; message: string }[] {
  const written = clusters.map((one) => (typeof one === "object" && one !== null ? (one as Readonly<Record<string, unknown>>) : {}));
  const known = new Set(written.map((one) => one.class));
  const largest = Math.max(0, ...written.map((one) => (Number.isSafeInteger(one.class) ? Number(one.class) : 0)));
  const missing = largest < clusters.length ? Array.from({ length: largest + 1 }, (_, c) => c).find((c) => !known.has(c)) : 0;
  return [
    ...written.flatMap((one, i) =>
      (["mean", "deviation"] as const).flatMap((key) => {
        const list = one[key];
        return Array.isArray(list) && typeof inputDim === "number" && list.length > inputDim
          ? [{ path: ["clusters", i, key], message: `must hold at most inputDim = ${inputDim} entries, got ${list.length}` }]
          : [];
      }),
    ),
    ...(largest === 0 || missing !== undefined
      ? [{ path: ["clusters"], message: `must hold clusters of every class from 0 to ${Math.max(largest, 1)}` }]
      : []),
  ];
}

const classesOf = ({ clusters }: Mixture): number => Math.max(...clusters.map((one) => one.class)) + 1;

/**
 * Samples of Gaussian clusters in any classes, balanced or not. The second example is a mixture of three clusters as in Vasudeva et al. 2025
 * (arXiv:2505.24022), one of the first class between two of the second: a line separates the classes nearly, two lines better.
 */
export const gaussianMixture = datasetMember({
  schema,
  title: "Gaussian mixture",
  summary: "Gaussian clusters at given means in any classes, with weights",
  examples: [
    {
      kind: "gaussianMixture",
      inputDim: 2,
      clusters: [
        { class: 0, mean: [-1, 0], deviation: [0.2], weight: 1 },
        { class: 1, mean: [1, 1], deviation: [0.2], weight: 1 },
        { class: 1, mean: [1, -1], deviation: [0.2], weight: 1 },
      ],
      trainSize: 60,
      testSize: 0,
    },
    {
      kind: "gaussianMixture",
      inputDim: 2,
      clusters: [
        { class: 0, mean: [-0.3, 0], deviation: [0.2, 0.15], weight: 2 },
        { class: 1, mean: [0.3, 0.6], deviation: [0.2, 0.15], weight: 1 },
        { class: 1, mean: [0.3, -0.6], deviation: [0.2, 0.15], weight: 1 },
      ],
      trainSize: 200,
      testSize: 100,
    },
    {
      kind: "gaussianMixture",
      inputDim: 3,
      clusters: [
        { class: 0, mean: [1], deviation: [0.2], weight: 10 },
        { class: 1, mean: [0, 1], deviation: [0.2], weight: 3 },
        { class: 2, mean: [0, 0, 1], deviation: [0.2], weight: 1 },
      ],
      trainSize: 60,
      testSize: 0,
    },
  ],
  sizes: (choice) => ({
    trainSize: choice.trainSize,
    testSize: choice.testSize,
    inputDim: choice.inputDim,
    ...(classesOf(choice) === 2 ? {} : { classes: classesOf(choice) }),
    isDense: false, // a deviation may be 0
    drawBytes: mixtureBytes(Math.max(choice.trainSize, choice.testSize), choice.inputDim),
  }),
  files: () => [],
  ...generated((choice: Mixture) => {
    const classes = classesOf(choice);
    const entries = (list: readonly number[], rest: number): number[] => Array.from({ length: choice.inputDim }, (_, k) => list[k] ?? rest);
    const clusters = choice.clusters.map((one) => ({
      label: labelOf(one.class, classes),
      weight: one.weight,
      mean: entries(one.mean, 0),
      deviation: entries(one.deviation, one.deviation.at(-1)!),
    }));
    return mixture(() => clusters, choice.inputDim, classes === 2 ? undefined : classes);
  }),
});
