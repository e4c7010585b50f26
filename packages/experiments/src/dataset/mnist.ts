import { ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { classProblems, drawnFromImages, imageFields } from "./imageSelection.js";
import { mnistLabelled } from "./mnistImages.js";

/** MNIST in any classes: single digits, odd against even, one against the rest. */
export const mnist = datasetMember({
  schema: ruled(z.strictObject({ kind: z.literal("mnist"), ...imageFields(0, 9, [3, 6]) }), { problems: classProblems }),
  title: "MNIST",
  summary: "digits of MNIST in any classes, pixels in [0, 1], a drawn training subset",
  examples: [
    {
      kind: "mnist",
      classes: [
        [0, 2, 4, 6, 8],
        [1, 3, 5, 7, 9],
      ],
      trainSize: 100,
    },
    { kind: "mnist", classes: "each", trainSize: 100, pool: 2 },
    { kind: "mnist", classes: [[0, 1, 2, 4, 5, 6, 7, 8, 9], 3], trainSize: 100, testSize: 1000, labelNoise: 0.1 },
  ],
  ...drawnFromImages(() => mnistLabelled),
});
