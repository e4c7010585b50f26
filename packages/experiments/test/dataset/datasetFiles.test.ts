import { describe, expect, test } from "vitest";
import { type DatasetDefinition, type DatasetFiles, datasets, drawData, filesReadBy } from "../../src/index.js";
import { twin } from "../support/hosts.js";
import { imageSet } from "../support/imageSet.js";

/** The first example of a data set with few samples. */
function small(kind: DatasetDefinition["kind"]): DatasetDefinition {
  const example: DatasetDefinition = datasets[kind].examples[0];
  return "trainSize" in example ? { ...example, trainSize: 4 } : example;
}

describe.each(Object.keys(datasets) as DatasetDefinition["kind"][])("the data set %s", (kind) => {
  test("reads the files that it says and no others", async () => {
    const read = new Set<string>();
    const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const sets = { train: imageSet(40, digits), test: imageSet(20, digits) };
    const files = new Proxy({} as DatasetFiles, {
      get: (_, name) => {
        read.add(String(name));
        return async () => sets;
      },
    });
    await drawData(small(kind), 0, { kernels: twin, files });
    expect([...read]).toEqual(filesReadBy(small(kind)));
  });
});
