import { createHash } from "node:crypto";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { InputFiles } from "../../src/imageFiles.js";
import { dataIdentity } from "../../src/study/dataIdentity.js";
import { folderWithData, images, labels, runOn, testImages, testLabels, trainImages, trainLabels, writeMnist } from "../support/mnist.js";
import { steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const noInput = { hashes: () => Promise.reject(new Error("no file is needed here")) } as unknown as InputFiles;

const sha256 = (...parts: (string | Uint8Array)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

interface Recorded {
  readonly numerics: string;
  readonly data: { readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>; readonly drawn: string };
}

const recordedIn = (cwd: string): Record<string, Recorded> =>
  Object.fromEntries(Object.entries(filesOf(cwd, "environment.json")).map(([name, text]) => [name, JSON.parse(text) as Recorded]));

test.each([
  ["training images", trainImages, images(20, 41)],
  ["training labels", trainLabels, labels(20, [6, 3])],
  ["test images", testImages, images(6, 41)],
  ["test labels", testLabels, labels(6, [6, 3])],
])("a run on other %s is another run: the earlier one is not reused", async (_, name, bytes) => {
  const cwd = folderWithData();
  writeMnist(join(cwd, "others"), { [name]: bytes });
  expect(await runOn(cwd)).toMatchObject({ code: 0 });
  expect(await runOn(cwd, "others")).toMatchObject({ code: 0 });
  const rows = Object.values(filesOf(cwd, "rows.jsonl"));
  expect(rows).toHaveLength(2);
  if (name.startsWith("train")) expect(rows[0]).not.toBe(rows[1]);
  const again = await runOn(cwd, "others", "--json");
  expect(JSON.parse(again.stdout).runs).toMatchObject([{ reused: true }]);
});

test("missing data are bad data although a complete run is there", async () => {
  const cwd = folderWithData();
  expect(await runOn(cwd)).toMatchObject({ code: 0 });
  expect(await runOn(cwd, "nowhere")).toMatchObject({ code: 3, stdout: "" });
  renameSync(join(cwd, "data", testLabels), join(cwd, "data", "away"));
  expect(await runOn(cwd)).toMatchObject({ code: 3, stdout: "" });
});

test("environment.json holds the SHA-256 of every input file, as sha256sum prints it, and the folder is named after it", async () => {
  const cwd = folderWithData();
  await runOn(cwd);
  const [[name, { numerics, data }]] = Object.entries(recordedIn(cwd)) as [[string, Recorded]];
  expect(data.files).toEqual({
    mnist: {
      "train-images": sha256(images(20)),
      "train-labels": sha256(labels(20)),
      "t10k-images": sha256(images(6)),
      "t10k-labels": sha256(labels(6)),
    },
  });
  const definition = filesOf(cwd, "definition.json")[name]!.trim();
  const text = `{"data":${JSON.stringify({ drawn: data.drawn, files: sorted(data.files.mnist!) })},"numerics":"${numerics}","run":${definition}}`;
  expect(name.slice(-12)).toBe(sha256(text).slice(0, 12));
});

const sorted = (mnist: Readonly<Record<string, string>>) => ({ mnist: Object.fromEntries(Object.entries(mnist).sort()) });

test("the hash of the drawn data is that of their shapes, inputs and labels", async () => {
  const inputs = [
    [1, 2],
    [-2, -0.5],
    [0.1, 3],
  ];
  const points = { kind: "points", inputs, labels: [1, -1, 1], constant: 0 };
  const cwd = folderWith({ ...tiny, dataset: points, seeds: [0], claims: [] });
  expect(await steepest(["run", "tiny.json", "--progress", "none"], { cwd })).toMatchObject({ code: 0 });
  const bytes = Buffer.alloc(48);
  for (const [i, value] of inputs.flat().entries()) bytes.writeDoubleLE(value, 8 * i);
  const drawn = sha256("train 3 x 2\n", bytes, Uint8Array.of(1, 0xff, 1));
  expect(Object.values(recordedIn(cwd)).map(({ data }) => data)).toEqual([
    { files: {}, drawn },
    { files: {}, drawn },
  ]);
});

test("data are drawn by the seed: the arms of a seed have the same, those of another seed others", async () => {
  const cwd = folderWith();
  await steepest(["run", "tiny.json", "--progress", "none"], { cwd });
  const recorded = Object.entries(recordedIn(cwd)).map(([name, { data }]) => [name.slice(0, -13), data.drawn]);
  const [a, b] = [recorded[0]![1], recorded[1]![1]];
  expect(a).not.toBe(b);
  expect(recorded).toEqual([
    ["gradient-s0", a],
    ["gradient-s1", b],
    ["sign-s0", a],
    ["sign-s1", b],
  ]);
});

test("targets are a part of the identity of the data, in the form that its comment states", async () => {
  const of = (targets: number[][]) => {
    const dataset = {
      kind: "targetPoints" as const,
      inputs: [
        [1, 2],
        [3, 4],
      ],
      targets,
    };
    const train = {
      inputs: Float64Array.of(1, 2, 3, 4),
      inputDim: 2,
      targets: Float64Array.from(targets.flat()),
      outputs: targets[0]!.length,
    };
    return dataIdentity(dataset, { train, test: undefined }, noInput);
  };
  const { drawn, files } = await of([[0.5], [-1]]);
  expect(files).toEqual({});
  const f64 = (...values: number[]) => Buffer.from(Float64Array.from(values).buffer);
  expect(drawn).toBe(sha256("train 2 x 2, 1 targets\n", f64(1, 2, 3, 4), f64(0.5, -1)));
  expect((await of([[0.5], [-1.5]])).drawn).not.toBe(drawn);
  expect(
    (
      await of([
        [0.5, 0],
        [-1, 0],
      ])
    ).drawn,
  ).not.toBe(drawn);
});
