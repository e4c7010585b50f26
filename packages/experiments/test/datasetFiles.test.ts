import { describe, expect, test } from "vitest";
import { type DatasetDefinition, type DatasetFiles, datasets, drawData, filesReadBy } from "../src/index.js";
import { twin } from "./hosts.js";
import { imageSet } from "./imageSet.js";

const plane = { trainSize: 4, noise: 0.1, constant: 1 };

/** A small choice of every data set; a new one does not compile without its own. */
const choices: { readonly [K in DatasetDefinition["kind"]]: Extract<DatasetDefinition, { readonly kind: K }> } = {
  mnistPair: { kind: "mnistPair", digits: [3, 6], trainSize: 4 },
  teacherStudent: {
    kind: "teacherStudent",
    inputDim: 4,
    teacherWidth: 2,
    nonzerosPerNeuron: 2,
    minTeacherScore: 0,
    trainSize: 4,
    testSize: 2,
  },
  moons: { kind: "moons", ...plane },
  xor: { kind: "xor", ...plane },
  separable: { kind: "separable", ...plane },
  circles: { kind: "circles", ...plane },
  points: { kind: "points", inputs: [[1], [-1]], labels: [1, -1], constant: 0 },
};

describe.each(Object.keys(datasets) as DatasetDefinition["kind"][])("the data set %s", (kind) => {
  test("reads the files that it says and no others", async () => {
    const read = new Set<string>();
    const sets = { train: imageSet(8, [3, 6]), test: imageSet(4, [3, 6]) };
    const files = new Proxy({} as DatasetFiles, {
      get: (_, name) => {
        read.add(String(name));
        return async () => sets;
      },
    });
    await drawData(choices[kind], 0, { kernels: twin, files });
    expect([...read]).toEqual(filesReadBy(choices[kind]));
  });
});
