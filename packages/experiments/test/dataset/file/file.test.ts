import { DataError, isSteepestError, type LabelledData, type TargetData } from "@steepest/core";
import { describe, expect, test } from "vitest";
import {
  type DatasetDefinition,
  datasetSizes,
  drawData,
  parseDefinition,
  pathsReadBy,
  refuseContradictions,
  resolveDefinition,
} from "../../../src/index.js";
import { binary, twin } from "../../support/hosts.js";
import { memoryFiles } from "../../support/memoryFiles.js";
import { tiny } from "../../support/tiny.js";

const sonar = "a,b,who\n1,2,rock\n3,4,mine\n5,6,rock\n7,8,mine\n9,10,rock\n";
type Contents = Readonly<Record<string, string | Uint8Array>>;

/** The definition around a data set, read from files and checked. */
async function resolved(dataset: object, contents: Contents, seeds = [0]) {
  const network = { kind: "linear", init: { law: "uniformFanIn", scale: 1 } };
  const { arms, loss, stop } = tiny;
  const isRegression = "targets" in dataset;
  const written = {
    id: "own",
    dataset: { kind: "file", ...dataset },
    network,
    loss: isRegression ? { kind: "squared", reduction: "mean" } : loss,
    arms: { gradient: { ...arms.gradient, step: { rule: "constant", size: 0.1 } } },
    seeds,
    stop,
    record: { probes: ["logRisk"], pointsPerDecade: 1 },
  };
  return parseDefinition(await resolveDefinition(written, memoryFiles(contents)));
}

/** Samples that a seed draws, as plain arrays. */
async function drawn(dataset: object, contents: Contents = { "a.csv": sonar }, seed = 0) {
  const { dataset: choice } = await resolved({ path: "a.csv", ...dataset }, contents);
  const data = await drawData(choice, seed, { kernels: twin, files: memoryFiles(contents) });
  const shown = (part: typeof data.train | undefined) => {
    if (!part) return undefined;
    const { inputs, inputDim, labels, targets } = part as Partial<LabelledData & TargetData> & { inputs: Float64Array; inputDim: number };
    const values = labels ? { labels: Array.from(labels) } : { targets: Array.from(targets!) };
    return { inputs: [...inputs], inputDim, ...(values as { labels: number[] }) };
  };
  return { choice, train: shown(data.train)!, test: shown(data.test), classes: (data.train as Partial<LabelledData>).classes, data };
}

/** Message and hint of a refusal. */
async function refused(dataset: object, contents: Contents = { "a.csv": sonar }): Promise<string> {
  try {
    await drawn(dataset, contents);
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    expect(error.hint ?? "").not.toBe("");
    return error.message;
  }
  throw new Error("it was accepted");
}

describe("labels", () => {
  test("two classes by value are -1 and +1 in their order", async () => {
    const { train, classes } = await drawn({ label: "who", classes: ["rock", "mine"] });
    expect(train).toEqual({ inputs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], inputDim: 2, labels: [-1, 1, -1, 1, -1] });
    expect(classes).toBeUndefined();
  });

  test("and in sorted order without, by the number of a column as by its name", async () => {
    expect((await drawn({ label: 2 })).train.labels).toEqual([1, -1, 1, -1, 1]);
  });

  test("three are 0, 1, 2; samples of labels that are not listed are left out; several labels make a class", async () => {
    const contents = { "a.csv": "x,y\n1,10\n2,9\n3,30\n4,9\n5,10\n" };
    const each = await drawn({ label: "y" }, contents);
    expect([each.train.labels, each.classes]).toEqual([[1, 0, 2, 0, 1], 3]);
    expect(each.choice).toMatchObject({ facts: { classes: 3, labels: [9, 10, 30] } });
    expect((await drawn({ label: "y", classes: [30, 10] }, contents)).train).toEqual({
      inputs: [1, 3, 5],
      inputDim: 1,
      labels: [1, -1, 1],
    });
    expect((await drawn({ label: "y", classes: [[9, 30], 10] }, contents)).train.labels).toEqual([1, -1, -1, -1, 1]);
  });

  test.each<[object, Contents, string]>([
    [{}, { "a.csv": sonar }, "dataset.label: is missing, and a.csv does not say which of its 3 columns holds the labels"],
    [{ label: "class" }, { "a.csv": sonar }, 'dataset.label: a.csv has no column "class"'],
    [{ label: 3 }, { "a.csv": sonar }, "dataset.label: a.csv has the columns 0 to 2, got 3"],
    [{ label: "who", classes: ["rock", "sand"] }, { "a.csv": sonar }, 'dataset.classes: a.csv holds no sample of "sand"'],
    [{ label: "who", classes: ["rock", ["mine", "rock"]] }, { "a.csv": sonar }, 'dataset.classes: the label "rock" is in two classes'],
    [{ label: "y", classes: ["1", "2"] }, { "a.csv": "x,y\n1,1\n2,2\n" }, 'dataset.classes: a.csv holds no sample of "1"'],
    [{ label: "y" }, { "a.csv": "x,y\n1,1\n2,1\n" }, "a.csv: holds one class alone, 1"],
    [
      { label: "y" },
      { "a.csv": `x,y\n${Array.from({ length: 1001 }, (_, i) => `1,${i}`).join("\n")}` },
      "a.csv: holds 1001 different labels, 0, 1, 2, 3, 4, ... (1001)",
    ],
    [{ label: "y" }, { "a.csv": "x,y\n1,a\n2,\n" }, 'a.csv: line 3, column 2 (y): "" is no value'],
    [
      { label: "y", classes: ["a", "b"], test: { share: 0.5 } },
      { "a.csv": "x,y\n1,a\n2,b\n" },
      "a.csv: leaves 1 sample to train on, at least 2 are needed",
    ],
    [{ label: "who" }, { "a.csv": "who\na\nb\n" }, "dataset.columns: a.csv has no column of coordinates beside the label"],
    [{ label: "who" }, { "a.csv": "x,who\n1,a\noops,b\n" }, 'a.csv: line 3, column 1 (x): "oops" is not a finite number'],
    [{ label: "who" }, { "a.csv": "x,who\n1,a\nnan,b\n" }, 'a.csv: line 3, column 1 (x): "nan" is not a finite number'],
    [{ label: "who" }, { "a.csv": "x,who\n1,a\n2,b,7\n" }, "a.csv: line 3 has 3 columns, the first sample has 2"],
    [{ label: "who" }, { "a.csv": "" }, "a.csv: is empty"],
  ])("%j of %j is refused", async (dataset, contents, message) => {
    expect(await refused(dataset, contents)).toBe(message);
  });

  test("the hint for numbers in quotes says so", async () => {
    const reading = resolved({ path: "a.csv", label: "y", classes: ["1", "2"] }, { "a.csv": "x,y\n1,1\n2,2\n" });
    await expect(reading).rejects.toMatchObject({ hint: "the file holds it as a number, without quotes" });
  });
});

describe("test samples", () => {
  test("of a file of their own, with the classes of the training file", async () => {
    const contents = { "a.csv": sonar, "b.csv": "a,b,who\n11,12,mine\n" };
    const { train, test: held } = await drawn({ label: "who", test: { path: "b.csv" } }, contents);
    expect(train.labels).toHaveLength(5);
    expect(held).toEqual({ inputs: [11, 12], inputDim: 2, labels: [-1] });
  });

  test("of a share that the seed draws: every sample once, each in the order of the file", async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},${i % 2}`).join("\n");
    const contents = { "a.csv": `x,y\n${rows}\n` };
    const seeds = await Promise.all([0, 1].map((seed) => drawn({ label: "y", test: { share: 0.3 } }, contents, seed)));
    for (const { train, test: held, choice } of seeds) {
      expect(held!.inputs).toHaveLength(15);
      for (const part of [train.inputs, held!.inputs]) expect(part).toEqual([...part].sort((a, b) => a - b));
      expect([...train.inputs, ...held!.inputs].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
      expect(datasetSizes(choice)).toMatchObject({ trainSize: 35, testSize: 15, inputDim: 1 });
    }
    expect(seeds[0]!.test).not.toEqual(seeds[1]!.test);
    expect(await drawn({ label: "y", test: { share: 0.3 } }, contents, 1)).toEqual(seeds[1]);
    const fast = await drawData(seeds[1]!.choice, 1, { kernels: binary, files: memoryFiles(contents) });
    expect([...fast.test!.inputs]).toEqual(seeds[1]!.test!.inputs);
  });

  test("that a column names, which is then no coordinate", async () => {
    const contents = { "a.csv": "x,part,y\n1,train,0\n2,test,1\n3,train,1\n4,test,0\n" };
    const { train, test: held } = await drawn({ label: "y", test: { column: "part", value: "test" } }, contents);
    expect([train, held]).toEqual([
      { inputs: [1, 3], inputDim: 1, labels: [-1, 1] },
      { inputs: [2, 4], inputDim: 1, labels: [1, -1] },
    ]);
    expect(await refused({ label: "y", test: { column: "part", value: "held" } }, contents)).toBe(
      'dataset.test.value: no sample of a.csv has "held" there',
    );
  });

  test.each<[object, Contents, string]>([
    [{ path: "b.csv" }, { "b.csv": "a,b,c,who\n1,2,3,mine\n" }, "dataset.test.path: b.csv has 3 coordinates, a.csv 2"],
    [{ path: "b.csv" }, { "b.csv": "a,b,who\n1,2,sand\n" }, 'b.csv: holds the label "sand", which no training sample has'],
    [{ column: "who", value: "rock" }, {}, 'a.csv: holds no training sample of the class "rock"'],
  ])("%j of %j is refused", async (held, more, message) => {
    expect(await refused({ label: "who", test: held }, { "a.csv": sonar, ...more })).toBe(message);
  });
});

describe("several files", () => {
  test("follow each other; columns are chosen, in any order", async () => {
    const contents = { "a.csv": sonar, "b.csv": "a,b,who\n11,12,mine\n" };
    const { train } = await drawn({ path: ["a.csv", "b.csv"], label: "who", columns: ["b", 0] }, contents);
    expect(train.inputs).toEqual([2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11]);
    expect(await refused({ path: ["a.csv", "b.csv"], label: "who" }, { ...contents, "b.csv": "a,who\n1,mine\n" })).toBe(
      "b.csv: has 2 columns, a.csv has 3",
    );
  });

  test("targets instead of labels", async () => {
    const { data, choice } = await drawn({ targets: ["b", "who"] }, { "a.csv": "a,b,who\n1,2,3\n4,5,6\n" });
    expect([...(data.train as TargetData).targets, ...data.train.inputs]).toEqual([2, 3, 5, 6, 1, 4]);
    expect(datasetSizes(choice).outputs).toBe(2);
  });

  test("labels in a file of their own", async () => {
    const contents = { "a.csv": "1,2\n3,4\n", "l.txt": "b\na\n" };
    expect((await drawn({ labels: "l.txt" }, contents)).train).toEqual({ inputs: [1, 2, 3, 4], inputDim: 2, labels: [1, -1] });
    expect(await refused({ labels: "l.txt" }, { ...contents, "l.txt": "b\na\nc\n" })).toBe("l.txt: holds 3 labels, a.csv 2 samples");
  });
});

test.each([
  [{ ignore: ["id"] }, '"missing": "leaveOut" leaves out samples without a label (1)'],
  [{ ignore: ["id"], classes: ["mine", "rock"] }, '"missing": "leaveOut" leaves out samples without a label (1)'],
  [
    { targets: ["b"], columns: ["a", "who"] },
    'coordinates are numbers: "ignore": ["who"] leaves columns of texts out, "oneHot" codes their values',
  ],
  [{ targets: ["id"], columns: ["a", "b"] }, '"missing": "leaveOut" leaves out the 2 samples that lack a value, "ignore" columns'],
])("%j is told what helps: %j", async (dataset, hint) => {
  const contents = { "a.csv": "id,a,b,who\n1,NA,2,rock\n2,3,4,mine\n3,5,,rock\n4,7,8,?\n5,9,10,mine\n" };
  const found = await drawn({ label: "targets" in dataset ? undefined : "who", ...dataset }, contents).catch((error: unknown) => error);
  expect(isSteepestError(found) ? found.hint : undefined).toBe(hint);
});

describe("samples that lack a value", () => {
  const gaps = "id,a,b,who\n1,NA,2,rock\n2,3,4,mine\n3,5,,rock\n4,7,8,?\n5,9,10,mine\n6,11,12,rock\nx,13,14,mine\n";

  test("are left out where the definition says it, and counted", async () => {
    const { train, choice } = await drawn({ label: "who", ignore: ["id"], missing: "leaveOut" }, { "a.csv": gaps });
    expect(train).toEqual({ inputs: [3, 4, 9, 10, 11, 12, 13, 14], inputDim: 2, labels: [-1, -1, 1, -1] });
    expect(choice).toMatchObject({ facts: { trainSize: 4, leftOut: 3, labels: ["mine", "rock"] } });
  });

  test("count only in columns that are read", async () => {
    const { train, choice } = await drawn({ label: "who", columns: ["b"], missing: "leaveOut" }, { "a.csv": gaps });
    expect(train).toEqual({ inputs: [2, 4, 10, 12, 14], inputDim: 1, labels: [1, -1, -1, 1, -1] });
    expect(choice).toMatchObject({ facts: { leftOut: 2 } });
  });

  test("are left out of several files, of test files and of targets", async () => {
    const contents = { "a.csv": gaps, "b.csv": gaps };
    const dataset = { label: "who", ignore: ["id"], missing: "leaveOut" };
    const { train, choice } = await drawn({ ...dataset, path: ["a.csv", "b.csv"] }, contents);
    expect(train.labels).toEqual([-1, -1, 1, -1, -1, -1, 1, -1]);
    expect(choice).toMatchObject({ facts: { leftOut: 6 } });
    const held = await drawn({ ...dataset, test: { path: "b.csv" } }, contents);
    expect(held.test).toEqual(held.train);
    const { data } = await drawn({ targets: ["b"], columns: ["a"], missing: "leaveOut" }, contents);
    expect([...(data.train as TargetData).targets, ...data.train.inputs]).toEqual([4, 8, 10, 12, 14, 3, 7, 9, 11, 13]);
  });

  test("are refused without it, and so is a text that is no missing value", async () => {
    expect(await refused({ label: "who", ignore: ["id"] }, { "a.csv": gaps })).toBe('a.csv: line 5, column 4 (who): "?" is no value');
    expect(await refused({ label: "who", missing: "leaveOut" }, { "a.csv": gaps })).toBe(
      'a.csv: line 8, column 1 (id): "x" is not a finite number',
    );
    expect(await refused({ label: "who", ignore: ["no"] }, { "a.csv": gaps })).toBe('dataset.ignore[0]: a.csv has no column "no"');
    await expect(drawn({ label: "who", ignore: ["id"], columns: ["a"] }, { "a.csv": gaps })).rejects.toThrow(
      "dataset.ignore: must be left out",
    );
  });
});

describe("facts", () => {
  test("say what the files hold; every file is read by the path that is written, and its hash is in the definition", async () => {
    const contents = { "a.csv": sonar, "b.csv": "a,b,who\n11,12,mine\n" };
    const { dataset } = await resolved({ path: "a.csv", label: "who", test: { path: "b.csv" } }, contents);
    expect(pathsReadBy(dataset)).toEqual(["a.csv", "b.csv"]);
    expect(dataset).toMatchObject({ facts: { trainSize: 5, testSize: 1, inputDim: 2, labels: ["mine", "rock"] } });
    const { facts } = dataset as Extract<DatasetDefinition, { kind: "file" }>;
    expect(Object.keys(facts!.sha256)).toEqual(["a.csv", "b.csv"]);
  });

  test("that are written pin the files, and are refused where those are others", async () => {
    const { dataset } = await resolved({ path: "a.csv", label: "who" }, { "a.csv": sonar });
    expect((await resolved(dataset, { "a.csv": sonar })).dataset).toEqual(dataset);
    await expect(resolved(dataset, { "a.csv": sonar.replace("1,2", "1,3") })).rejects.toThrow(/^dataset\.facts\.sha256: the files have /);
    const facts = (dataset as { facts?: object }).facts!;
    await expect(resolved({ ...dataset, facts: { ...facts, inputDim: 3 } }, { "a.csv": sonar })).rejects.toThrow(
      "dataset.facts.inputDim: the files have 2, the definition says 3",
    );
  });

  test("are compared when the data are drawn: a file that has changed since is refused", async () => {
    const { dataset } = await resolved({ path: "a.csv", label: "who" }, { "a.csv": sonar });
    const files = memoryFiles({ "a.csv": sonar.replace("1,2", "1,3") });
    await expect(drawData(dataset, 0, { kernels: twin, files })).rejects.toThrow(
      /^a\.csv: has the SHA-256 [0-9a-f]{64}, the definition is about /,
    );
  });

  test("that are missing are one issue, whatever else is wrong", async () => {
    const written = { ...tiny, dataset: { kind: "file", path: "a.csv", label: "who" } };
    expect(() => parseDefinition(written)).toThrow(/^dataset\.facts: are missing: the files of the data set have not been read/);
    expect(() => parseDefinition({ ...written, dataset: { ...written.dataset, lable: 1 } })).toThrow(/^dataset\.lable: unknown key/);
  });

  test("need a host that reads files", async () => {
    const { images } = memoryFiles({});
    const reading = resolveDefinition({ dataset: { kind: "file", path: "a.csv" } }, { images });
    await expect(reading).rejects.toThrow("dataset.path: a.csv is a file, and nothing here reads files");
  });
});

test("contradictory duplicates and all-zero samples are refused unless they are kept", async () => {
  const contents = { "a.csv": "x,y,label\n1,2,0\n1,2,1\n3,4,1\n" };
  const { dataset, network } = await resolved({ path: "a.csv", label: "label" }, contents);
  const { train } = await drawData(dataset, 0, { kernels: twin, files: memoryFiles(contents) });
  expect(() => refuseContradictions({ dataset, network }, train)).toThrow(DataError);
  expect(() =>
    refuseContradictions({ dataset: { ...dataset, contradictions: "keep" } as DatasetDefinition, network }, train),
  ).not.toThrow();
  const zero = { ...train, inputs: Float64Array.of(0, 0, 1, 2, 3, 4) };
  expect(() => refuseContradictions({ dataset, network }, zero)).toThrow(/zero/);
});
