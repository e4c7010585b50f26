import { type DefinitionError, type LabelledData, sampleShapeOf, type TargetData } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { catalog, type DatasetDefinition, datasetSizes, datasets, drawData, needsFiles, parseDefinition } from "../../src/index.js";
import { binary } from "../support/hosts.js";
import { changed, noFiles, tiny } from "../support/tiny.js";

function refusalOf(value: unknown): Pick<DefinitionError, "message" | "path" | "value" | "hint"> {
  try {
    parseDefinition(value);
  } catch (error) {
    return error as DefinitionError;
  }
  throw new Error("expected a DefinitionError");
}

const moons = (trainSize: number) => ({ kind: "moons", trainSize, noise: 0.1, constant: 1 });
const mnist = (trainSize: number) => ({ kind: "mnistPair", digits: [3, 6], trainSize });
const memory = /^[\w.[\]]+: a run would take at least [\d.]+(e\+\d+)? [GTP]B of memory \(.+\), at most 2\.15 GB can be addressed$/;

describe("what asks for more than there is is refused from the numbers, naming the number", () => {
  test.each([
    ["network/hidden", [20_000_000], "network.hidden[0]", "narrower network"],
    ["network/hidden", [1e9], "network.hidden[0]", "narrower network"],
    ["network/hidden", [9e15], "network.hidden[0]", "narrower network"],
    ["network/hidden", [64, 9e15, 64], "network.hidden[1]", "narrower network"],
    ["network/hidden", [60_000, 60_000], "network.hidden[0]", "narrower network"],
    ["dataset/inputDim", 9e15, "dataset.inputDim", "input columns"],
    ["dataset/trainSize", 9e15, "dataset.trainSize", "fewer samples"],
    ["dataset/testSize", 9e15, "dataset.testSize", "fewer samples"],
    ["dataset/teacherWidth", 9e15, "dataset.teacherWidth", "smaller teacherWidth"],
    ["dataset", moons(1e8), "dataset.trainSize", "fewer samples"],
    ["dataset", moons(9e15), "dataset.trainSize", "fewer samples"],
  ])("%s = %j", (at, value, path, hint) => {
    const refusal = refusalOf(changed(tiny, at, value));
    expect(refusal).toMatchObject({ path, message: expect.stringMatching(memory), hint: expect.stringContaining(hint) });
  });

  test("a wide first layer on MNIST, of which some columns may be idle, by what is certain", () => {
    const onMnist = changed(tiny, "dataset", mnist(100)) as typeof tiny;
    expect(refusalOf(changed(onMnist, "network/hidden", [20_000_000])).path).toBe("network.hidden[0]");
    expect(parseDefinition(changed(onMnist, "network/hidden", [50_000]))).toBeDefined();
  });

  test("the estimate is what core would plan: eight spans of 1e8 weights, four of ten samples and six of one by 2e7 units", () => {
    const { message } = refusalOf(changed(tiny, "network/hidden", [20_000_000])); // 4 inputs: 2e7 x 4 + 2e7 = 1e8 weights
    const bytes = 8 * (8 * 1e8 + (4 * 10 + 6) * 2e7);
    expect(bytes).toBe(13.76e9);
    expect(message).toContain("at least 13.8 GB of memory (100000000 parameters, 10 training samples of 4 coordinates)");
  });

  test("rows: by the points, the seeds, or the steps asked for", () => {
    const perDecade = "must be an integer from 1 to 10000, got 1000000000";
    expect(refusalOf(changed(tiny, "record/pointsPerDecade", 1e9)).message).toBe(`record.pointsPerDecade: ${perDecade}`);
    const many = { ...tiny, seeds: Array.from({ length: 1000 }, (_, i) => i), stop: { steps: 1e9 } };
    const fine = { ...many, record: { ...tiny.record, pointsPerDecade: 10_000 } };
    expect(refusalOf(fine)).toMatchObject({
      path: "record.pointsPerDecade",
      message: "record.pointsPerDecade: the rows of 2000 runs would take 25.9 GB of memory, at most 2.15 GB can be held",
    });
    expect(parseDefinition(many)).toBeDefined();
  });

  test("runs: ten million are none that anybody waits for", () => {
    const seeds = Array.from({ length: 50_001 }, (_, i) => i);
    expect(refusalOf({ ...tiny, seeds })).toMatchObject({
      path: "seeds",
      message: "seeds: 2 arms under 50001 seeds are 100002 runs, at most 100000 make an experiment",
    });
    expect(parseDefinition({ ...tiny, seeds: seeds.slice(1) }).seeds).toHaveLength(50_000);
    const crowd = new Array<number>(3_000_000).fill(0);
    expect(refusalOf({ ...tiny, seeds: crowd }).message).toBe("seeds: 3000000 seeds, at most 100000 runs make an experiment");
  });

  test("layers: more than a thousand make no network that trains", () => {
    const hidden = new Array<number>(100_000).fill(1);
    expect(refusalOf(changed(tiny, "network/hidden", hidden))).toMatchObject({
      path: "network.hidden",
      message: expect.stringMatching(/^network\.hidden: must hold at most 1000 entries, got \[1,1,.{1,200}\.\.\.$/),
    });
  });

  test("an arm that alone needs too much is left to fail alone", () => {
    const dataset = { ...tiny.dataset, inputDim: 20_000 };
    const wide = changed({ ...tiny, dataset } as typeof tiny, "arms/sign", {
      optimizer: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-4 },
      step: { rule: "constant", size: 0.1 },
    });
    expect(parseDefinition(changed(wide as typeof tiny, "claims", []))).toBeDefined();
  });
});

test.each([...catalog])("%s fits", (_, { definition }) => {
  expect(parseDefinition(definition)).toBeDefined();
});

const choices: readonly DatasetDefinition[] = [
  ...(["moons", "xor", "separable", "circles"] as const).flatMap((kind) =>
    [0, 1].map((constant): DatasetDefinition => ({ kind, trainSize: 30, noise: 0.1, constant })),
  ),
  { kind: "points", inputs: [[1], [2], [3]], labels: [1, 1, -1], constant: 0 },
  {
    kind: "points",
    inputs: [
      [1, 0],
      [2, 0],
    ],
    labels: [1, -1],
    constant: 2,
  },
  tiny.dataset,
  { ...tiny.dataset, testSize: 0 } as DatasetDefinition,
  ...Object.values(datasets)
    .flatMap(({ examples }): readonly DatasetDefinition[] => examples)
    .filter((choice) => !needsFiles(choice)),
];

test.each(choices)("sizes of $kind are those of what is drawn", async (choice) => {
  const { train, test: held } = await drawData(choice, 0, { kernels: binary, files: noFiles });
  const { trainSize, testSize, inputDim, classes, outputs, image, isDense, drawBytes } = datasetSizes(choice);
  const { classes: drawnClasses, outputs: drawnOutputs } = train as Partial<LabelledData & TargetData>;
  expect({ trainSize, testSize, inputDim, classes, outputs }).toEqual({
    classes: drawnClasses,
    outputs: drawnOutputs,
    trainSize: sampleShapeOf(train).sampleCount,
    testSize: held ? sampleShapeOf(held).sampleCount : 0,
    inputDim: train.inputDim,
  });
  if (image) expect(image.channels * image.height * image.width).toBe(inputDim);
  if (isDense) expect(train.inputs.every((x) => x !== 0)).toBe(true);
  expect(drawBytes === 0 || drawBytes >= train.inputs.byteLength).toBe(true);
});

test("every data set that needs no file is among them", () => {
  expect(new Set(choices.map(({ kind }) => kind))).toEqual(
    new Set(Object.keys(datasets).filter((kind) => !needsFiles(datasets[kind as DatasetDefinition["kind"]].examples[0]))),
  );
});
