import { isSteepestError, type LabelledData } from "@steepest/core";
import { expect, test } from "vitest";
import { drawData, parseDefinition, resolveDefinition } from "../../../src/index.js";
import { twin } from "../../support/hosts.js";
import { memoryFiles } from "../../support/memoryFiles.js";
import { tiny } from "../../support/tiny.js";

const table = "x,country,size,who\n1,FR,10,u\n2,DE,9,v\n3,FR,10,u\n4,IT,9,v\n5,DE,100,w\n";
const test1 = "x,country,size,who\n6,IT,9,u\n7,DE,10,v\n";

/** The facts and the samples of a data set. */
async function drawn(dataset: object, contents: Readonly<Record<string, string>> = { "a.csv": table, "b.csv": test1 }) {
  const files = memoryFiles(contents);
  const written = { ...tiny, claims: [], dataset: { kind: "file", path: "a.csv", label: "who", classes: ["u", "v"], ...dataset } };
  const { dataset: choice } = parseDefinition(await resolveDefinition(written, files));
  const data = await drawData(choice, 0, { kernels: twin, files });
  const rowsOf = ({ inputs, inputDim }: LabelledData): number[][] =>
    Array.from({ length: inputs.length / inputDim }, (_, i) => [...inputs.subarray(i * inputDim, (i + 1) * inputDim)]);
  return {
    facts: (choice as { facts?: object }).facts,
    train: rowsOf(data.train as LabelledData),
    test: data.test && rowsOf(data.test as LabelledData),
  };
}

async function refusal(dataset: object, contents?: Readonly<Record<string, string>>): Promise<string> {
  const error: unknown = await drawn(dataset, contents).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isSteepestError(error)) throw new Error("it was accepted");
  return error.message;
}

test("each value of a column is a coordinate behind the others, in sorted order and in the facts", async () => {
  const { facts, train } = await drawn({ oneHot: ["size", "country"] });
  expect(facts).toMatchObject({
    inputDim: 6,
    oneHot: [
      [9, 10],
      ["DE", "FR", "IT"],
    ],
  }); // 100 is of a sample that is left out
  expect(train).toEqual([
    [1, 0, 1, 0, 1, 0],
    [2, 1, 0, 1, 0, 0],
    [3, 0, 1, 0, 1, 0],
    [4, 1, 0, 0, 0, 1],
  ]);
});

test("of a test file likewise, whose other values are refused by name", async () => {
  const { test: held } = await drawn({ oneHot: ["country"], ignore: ["size"], test: { path: "b.csv" } });
  expect(held).toEqual([
    [6, 0, 0, 1],
    [7, 1, 0, 0],
  ]);
  const contents = { "a.csv": table, "b.csv": test1.replace("IT", "ES") };
  expect(await refusal({ oneHot: ["country"], test: { path: "b.csv" } }, contents)).toBe(
    'b.csv: holds "ES" in column "country", which no training sample does',
  );
});

test("a share of the samples that is held out has the values of all, and steps of the preparation see the coordinates", async () => {
  const { facts, train, test: held } = await drawn({ oneHot: ["country"], columns: ["x"], test: { share: 0.5 }, prepare: ["unitRows"] });
  expect(facts).toMatchObject({ inputDim: 4, trainSize: 2, testSize: 2 });
  for (const row of [...train, ...held!]) expect(Math.hypot(...row)).toBeCloseTo(1, 14);
});

test("alone they are coordinates too", async () => {
  expect((await drawn({ oneHot: ["country"], ignore: ["x", "size"] })).train[0]).toEqual([0, 1, 0]);
});

test.each<[object, string]>([
  [{ oneHot: ["land"] }, 'dataset.oneHot[0]: a.csv has no column "land"'],
  [{ oneHot: ["country"], ignore: ["country"] }, "dataset.oneHot[0]: must be no column that columns, ignore, targets or label names"],
  [{ oneHot: ["who"] }, "dataset.oneHot[0]: must be no column that columns, ignore, targets or label names"],
  [{ oneHot: ["x"], image: { height: 1, width: 1 } }, "dataset.oneHot: must be left out: samples that are images have pixels alone"],
])("%j is refused", async (dataset, message) => expect(await refusal(dataset)).toContain(message));

test("a sample without a value is refused, or left out", async () => {
  const contents = { "a.csv": table.replace("4,IT", "4,") };
  expect(await refusal({ oneHot: ["country"] }, contents)).toContain('a.csv: line 5, column 2 (country): "" is no value');
  const { facts } = await drawn({ oneHot: ["country"], missing: "leaveOut" }, contents);
  expect(facts).toMatchObject({ leftOut: 1, oneHot: [["DE", "FR"]] });
});

test("a column of very many values is refused", async () => {
  const names = Array.from({ length: 1001 }, (_, i) => `${i},n${i},1,${i % 2 ? "u" : "v"}`).join("\n");
  expect(await refusal({ oneHot: ["country"] }, { "a.csv": `x,country,size,who\n${names}\n` })).toContain("holds 1001 different values");
});
