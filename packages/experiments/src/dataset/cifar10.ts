import { ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import type { ImageCollection } from "./imageCollection.js";
import { classProblems, drawnFromImages, imageFields } from "./imageSelection.js";

/** CIFAR-10, Krizhevsky 2009, in its binary version: 50 000 and 10 000 images. */
const collection: ImageCollection = {
  id: "cifar10",
  title: "CIFAR-10",
  format: "cifar10",
  train: ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
  test: ["test_batch.bin"],
  variable: "STEEPEST_CIFAR10",
};

/** CIFAR-10: airplane 0, automobile 1, bird 2, cat 3, deer 4, dog 5, frog 6, horse 7, ship 8, truck 9. */
export const cifar10 = datasetMember({
  schema: ruled(z.strictObject({ kind: z.literal("cifar10"), ...imageFields(0, 9, [3, 5]) }), { problems: classProblems }),
  title: "CIFAR-10",
  summary:
    "colour images of CIFAR-10 in any classes, pixels in [0, 1], channel by channel; STEEPEST_CIFAR10 names the folder of its binary files",
  examples: [
    { kind: "cifar10", classes: [3, 5], trainSize: 100 },
    { kind: "cifar10", classes: "each", trainSize: 100, testSize: 1000 },
  ],
  ...drawnFromImages(() => ({ collection, shape: { channels: 3, height: 32, width: 32 }, first: 0, last: 9 })),
});
