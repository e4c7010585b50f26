import { describe, expect, test } from "vitest";
import { type DatasetDefinition, datasets, drawData, filesReadBy, type ImageCollection, pathsReadBy } from "../../src/index.js";
import { twin } from "../support/hosts.js";
import { imageFiles } from "../support/imageSet.js";

/** The first example of a data set with few samples. */
function small(kind: DatasetDefinition["kind"]): DatasetDefinition {
  const example: DatasetDefinition = datasets[kind].examples[0];
  return "trainSize" in example ? { ...example, trainSize: 4 } : example;
}

/** Data sets that read collections of images, or nothing; of others their own tests say what they read. */
const kinds = (Object.keys(datasets) as DatasetDefinition["kind"][]).filter((kind) => pathsReadBy(datasets[kind].examples[0]).length === 0);

describe.each(kinds)("the data set %s", (kind) => {
  test("reads the files that it says and no others", async () => {
    const read = new Set<ImageCollection>();
    const images = (collection: ImageCollection) => {
      read.add(collection);
      return imageFiles.images(collection);
    };
    await drawData(small(kind), 0, { kernels: twin, files: { images } });
    expect([...read]).toEqual(filesReadBy(small(kind)));
  });
});
