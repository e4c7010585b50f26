import { DataError, type LabelledData } from "@steepest/core";
import { expect, test } from "vitest";
import {
  type DatasetFiles,
  type DrawnData,
  drawData,
  execute,
  type LabelledDataset,
  type NetworkChoice,
  type PlannedRun,
  parseDefinition,
  refuseContradictions,
  runsOf,
} from "../src/index.js";
import { binary } from "./support/hosts.js";
import { imageSet } from "./support/imageSet.js";
import { changed, noFiles, tiny } from "./support/tiny.js";

const points = (inputs: readonly (readonly number[])[], labels: readonly (-1 | 1)[], constant = 0): LabelledDataset => ({
  kind: "points",
  inputs,
  labels,
  constant,
});
const init = { law: "normalFanIn", scale: 1 } as const;
const plain: NetworkChoice = { kind: "mlp", hidden: [4], activation: "relu", init };
const biased: NetworkChoice = { kind: "layers", layers: [{ kind: "dense", units: 4, bias: true }, "relu"], init };

async function draw(choice: LabelledDataset, files: DatasetFiles = noFiles, network = plain): Promise<DrawnData<LabelledData>> {
  const drawn = await drawData(choice, 0, { kernels: binary, files });
  refuseContradictions({ dataset: choice, network }, drawn.train);
  return drawn;
}

const refused = [
  [
    "a zero sample",
    points(
      [
        [0, 0],
        [1, 2],
        [2, 1],
      ],
      [1, 1, -1],
    ),
    "sample 0 is all zero",
  ],
  [
    "equal samples",
    points(
      [
        [1, 2],
        [1, 2],
      ],
      [1, -1],
    ),
    "samples 0 and 1 are equal and have opposite labels",
  ],
  [
    "equal samples, a constant",
    points(
      [
        [1, 2],
        [1, 2],
      ],
      [1, -1],
      1,
    ),
    "samples 0 and 1 are equal and have opposite labels",
  ],
  ["one direction", points([[1], [2]], [1, -1]), "samples 0 and 1 lie in one direction from zero and have opposite labels"],
] as const;

test.each(refused)("%s is named before anything is trained", async (_, choice, what) => {
  const expected = { path: "dataset", hint: expect.stringContaining('"contradictions": "keep"') };
  const message = `dataset: no network without biases can separate the training samples: ${what} (counted from 0)`;
  await expect(draw(choice)).rejects.toMatchObject({ name: "DataError", message, ...expected });
  await expect(draw(choice)).rejects.toBeInstanceOf(DataError);
});

test.each(refused)("%s is trained on where the definition says so", async (_, choice) => {
  const { train } = await draw({ ...choice, contradictions: "keep" });
  expect(train).toEqual((await draw({ ...choice, contradictions: "keep" })).train);
  expect(train.labels).toHaveLength((choice as { labels: readonly number[] }).labels.length);
});

test("a constant coordinate stands for a bias: with it zero and one direction are no contradictions", async () => {
  await expect(
    draw(
      points(
        [
          [0, 0],
          [1, 2],
          [2, 1],
        ],
        [1, 1, -1],
        1,
      ),
    ),
  ).resolves.toBeDefined();
  await expect(draw(points([[1], [2]], [1, -1], 1))).resolves.toBeDefined();
});

test("a bias separates zero and one direction, and equal samples are in no network's reach", async () => {
  const [zero, equal, , direction] = refused.map(([, choice]) => choice);
  for (const choice of [zero!, direction!]) await expect(draw(choice, noFiles, biased)).resolves.toBeDefined();
  await expect(draw(equal!, noFiles, biased)).rejects.toMatchObject({
    message: "dataset: no network can separate the training samples: samples 0 and 1 are equal and have opposite labels (counted from 0)",
    hint: 'remove or relabel them, or set "contradictions": "keep" in the dataset',
  });
});

test("images that are equal under two digits are refused like any other data", async () => {
  const train = imageSet(36, [3, 6, 8]);
  train.pixels.fill(7, 0, 12); // the first 3 and the first 6
  const files: DatasetFiles = { images: async () => ({ train, test: train }) };
  const choice = { kind: "mnistPair", digits: [3, 6], trainSize: 24 } as const;
  await expect(draw(choice, files)).rejects.toThrow("are equal and have opposite labels");
  await expect(draw({ ...choice, contradictions: "keep" }, files)).resolves.toBeDefined();
});

test("a definition may say it of every data set, and only the one word", () => {
  const kept = changed(tiny, "dataset/contradictions", "keep");
  expect(parseDefinition(kept)).toEqual(kept);
  expect(() => parseDefinition(changed(tiny, "dataset/contradictions", "drop"))).toThrow("dataset.contradictions: must be");
});

test("a run refuses them before its first row", async () => {
  const dataset = {
    kind: "points",
    inputs: [
      [1, 2],
      [1, 2],
    ],
    labels: [1, -1],
    constant: 0,
  };
  const [{ run }] = runsOf(parseDefinition(changed(tiny, "dataset", dataset))) as [PlannedRun];
  await expect(execute(run, { kernels: binary, files: noFiles }).next()).rejects.toBeInstanceOf(DataError);
});
