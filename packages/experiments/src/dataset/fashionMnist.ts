import { ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import type { ImageCollection } from "./imageCollection.js";
import { classProblems, drawnFromImages, imageFields } from "./imageSelection.js";

/** Fashion-MNIST, Xiao, Rasul and Vollgraf 2017: files of the names and sizes of MNIST's. */
const collection: ImageCollection = {
  id: "fashionMnist",
  title: "Fashion-MNIST",
  format: "idx",
  train: ["train"],
  test: ["t10k"],
  variable: "STEEPEST_FASHION_MNIST",
};

/** Fashion-MNIST: T-shirt 0, trouser 1, pullover 2, dress 3, coat 4, sandal 5, shirt 6, sneaker 7, bag 8, ankle boot 9. */
export const fashionMnist = datasetMember({
  schema: ruled(z.strictObject({ kind: z.literal("fashionMnist"), ...imageFields(0, 9, [0, 6]) }), { problems: classProblems }),
  title: "Fashion-MNIST",
  summary: "clothes of Fashion-MNIST in any classes, pixels in [0, 1]; STEEPEST_FASHION_MNIST names the folder of its IDX files",
  examples: [
    { kind: "fashionMnist", classes: [0, 6], trainSize: 100 },
    { kind: "fashionMnist", classes: "each", trainSize: 100 },
  ],
  ...drawnFromImages(() => ({ collection, shape: { channels: 1, height: 28, width: 28 }, first: 0, last: 9 })),
});
