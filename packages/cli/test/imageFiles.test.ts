import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { catalog } from "@steepest/experiments";
import { expect, test, vi } from "vitest";
import { wantedOf } from "../src/commands/wanted.js";
import {
  folderWithData,
  idx,
  images,
  labels,
  pairDefinition,
  runOn,
  testImages,
  testLabels,
  trainImages,
  trainLabels,
} from "./support/mnist.js";
import { type Ended, steepest } from "./support/steepest.js";
import { filesOf, folderWith, temporaryFolder } from "./support/study.js";

test("gzipped files give the same rows as plain ones", async () => {
  const plain = folderWithData();
  const zipped = folderWithData({ [trainImages]: gzipSync(images(20)), [testLabels]: gzipSync(labels(6)) });
  expect((await runOn(plain)).code).toBe(0);
  expect((await runOn(zipped)).code).toBe(0);
  expect(filesOf(zipped, "rows.jsonl")).toEqual(filesOf(plain, "rows.jsonl"));
});

const none = { [trainImages]: undefined, [trainLabels]: undefined, [testImages]: undefined, [testLabels]: undefined };

test.each([
  ["gzipped under the names of gzipped files", (name: string) => `${name}.gz`, (bytes: Buffer) => gzipSync(bytes)],
  ["with a dot before idx, as some mirrors have them", (name: string) => name.replace("-idx", ".idx"), (bytes: Buffer) => bytes],
  ["of both kinds", (name: string) => `${name.replace("-idx", ".idx")}.gz`, (bytes: Buffer) => gzipSync(bytes)],
  ["plain under the names of gzipped files, as browsers unpack them", (name: string) => `${name}.gz`, (bytes: Buffer) => bytes],
])("files %s are found and give the same rows", async (_, nameOf, pack) => {
  const plain = folderWithData();
  const files = { [trainImages]: images(20), [trainLabels]: labels(20), [testImages]: images(6), [testLabels]: labels(6) };
  const renamed = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [nameOf(name), pack(bytes)]));
  const others = folderWithData({ ...none, ...renamed });
  expect(await runOn(plain)).toMatchObject({ code: 0 });
  expect(await runOn(others)).toMatchObject({ code: 0, stderr: "" });
  expect(filesOf(others, "rows.jsonl")).toEqual(filesOf(plain, "rows.jsonl"));
});

test.each(["", "  ", "\t"])("a blank STEEPEST_MNIST (%j) is none: the files of the package are read", async (blank) => {
  const cwd = folderWithData();
  expect(await runOn(cwd, blank, "--set", "stop.steps=1")).toMatchObject({ code: 0, stderr: "" });
  expect(await steepest(["run", "tiny.json", "--progress", "none", "--set", "stop.steps=1"], { cwd })).toMatchObject({ code: 0 });
  expect(Object.keys(filesOf(cwd, "rows.jsonl"))).toHaveLength(1);
});

test("the hint about missing files names STEEPEST_MNIST and the other names that a file may have", async () => {
  const { code, stderr } = await runOn(folderWithData({ [trainLabels]: undefined }));
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: `error data/${trainLabels}: does not exist
hint: STEEPEST_MNIST names a folder that holds the four files of MNIST; this one may also be called train-labels.idx1-ubyte or ${trainLabels}.gz or train-labels.idx1-ubyte.gz
`,
  });
});

test.each<[string, Record<string, Buffer | undefined>, string]>([
  [
    "a wrong magic number",
    { [trainImages]: Buffer.from("<!doctype html>") },
    `data/${trainImages}: starts with 0x3c21646f, expected 0x00000803 (images) or 0x00000801 (labels)`,
  ],
  [
    "a truncated file",
    { [trainImages]: images(20).subarray(0, 50) },
    `data/${trainImages}: has 50 bytes, expected 96 for 20 x 2 x 2 values`,
  ],
  [
    "an oversized file",
    { [trainImages]: Buffer.concat([images(20), Buffer.alloc(3)]) },
    `data/${trainImages}: has 99 bytes, expected 96 for 20 x 2 x 2 values`,
  ],
  [
    "a truncated gzip file",
    { [trainImages]: gzipSync(images(20)).subarray(0, 40) },
    `data/${trainImages}: is not an intact gzip file: unexpected end of file`,
  ],
  [
    "a gzip file that unpacks to far more than it says",
    { [trainImages]: gzipSync(Buffer.concat([images(20), Buffer.alloc(2 ** 24)])) },
    `data/${trainImages}: unpacks to more than 10 times the 96 bytes that its header promises`,
  ],
  [
    "IDX of other elements",
    { [trainImages]: idx(0xd03, [1, 1, 1], [0, 0, 0, 0]) },
    `data/${trainImages}: is an IDX file of 32-bit floating-point numbers (0x00000d03), expected unsigned bytes`,
  ],
  ["swapped files", { [trainImages]: labels(20) }, `data/${trainImages}: starts with 0x00000801, expected 0x00000803 (images)`],
  ["a missing file", { [trainLabels]: undefined }, `data/${trainLabels}: does not exist`],
  ["images and labels that do not match", { [trainLabels]: labels(19) }, `data/${trainImages}: holds 20 images, the label file 19 labels`],
  ["a label file of one class", { [trainLabels]: labels(20, [3]) }, "dataset.digits: the training file holds no image of a 6"],
  [
    "fewer images than wanted",
    { [trainLabels]: labels(20, [3, 6, 1, 1, 1, 1, 1]) },
    "dataset.trainSize: 8 images wanted, the training file holds 6 of these digits",
  ],
])("%s is bad data: exit code 3, and nothing that looks complete", async (_, changes, message) => {
  const cwd = folderWithData(changes);
  const { code, stdout, stderr } = await runOn(cwd);
  expect({ code, stdout, first: stderr.split("\n")[0] }).toEqual({ code: 3, stdout: "", first: `error ${message}` });
  expect(filesOf(cwd, "outcome.json")).toEqual({});
  expect(filesOf(cwd, "owner.json")).toEqual({});
});

/** A file of the binary version of CIFAR-10: labels 3 and 5 in turn, pixels that differ between images. */
function batch(count: number, first: number): Buffer {
  return Buffer.concat(
    Array.from({ length: count }, (_, i) =>
      Buffer.from(Uint8Array.from({ length: 3073 }, (_, k) => (k === 0 ? 3 + 2 * (i % 2) : first + 13 * i + k * k))),
    ),
  );
}

const collections: readonly (readonly [dataset: object, variable: string, files: Readonly<Record<string, Buffer>>])[] = [
  [
    { kind: "mnist", classes: [3, 6], trainSize: 8 },
    "STEEPEST_MNIST",
    {
      "train-images-idx3-ubyte": images(20),
      "train-labels-idx1-ubyte": labels(20),
      "t10k-images-idx3-ubyte": images(6),
      "t10k-labels-idx1-ubyte": labels(6),
    },
  ],
  [
    { kind: "fashionMnist", classes: [3, 6], trainSize: 8 },
    "STEEPEST_FASHION_MNIST",
    {
      "train-images-idx3-ubyte": images(20),
      "train-labels-idx1-ubyte": labels(20),
      "t10k-images-idx3-ubyte": images(6),
      "t10k-labels-idx1-ubyte": labels(6),
    },
  ],
  [
    { kind: "emnist", split: "letters", classes: [3, 6], trainSize: 8 },
    "STEEPEST_EMNIST",
    {
      "emnist-letters-train-images-idx3-ubyte.gz": gzipSync(images(20)),
      "emnist-letters-train-labels-idx1-ubyte.gz": gzipSync(labels(20)),
      "emnist-letters-test-images-idx3-ubyte.gz": gzipSync(images(6)),
      "emnist-letters-test-labels-idx1-ubyte.gz": gzipSync(labels(6)),
    },
  ],
  [
    { kind: "cifar10", classes: [3, 5], trainSize: 8 },
    "STEEPEST_CIFAR10",
    {
      ...Object.fromEntries([1, 2, 3, 4, 5].map((k) => [`data_batch_${k}.bin`, batch(4, 40 * k)])),
      "test_batch.bin": batch(3, 7),
    },
  ],
];

function run(
  dataset: object,
  variable: string,
  files: Readonly<Record<string, Buffer>>,
): { readonly cwd: string; readonly ended: Promise<Ended> } {
  const cwd = folderWith({ ...pairDefinition, dataset });
  mkdirSync(join(cwd, "data"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(cwd, "data", name), bytes);
  return { cwd, ended: steepest(["run", "tiny.json", "--progress", "none"], { cwd, env: { [variable]: "data" } }) };
}

test.each(collections)(
  "a run on %o reads the folder that %s names, and records the hash of every file",
  async (dataset, variable, files) => {
    const { cwd, ended } = run(dataset, variable, files);
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    const [text] = Object.values(filesOf(cwd, "environment.json"));
    const recorded = (JSON.parse(text!) as { data: { files: Record<string, Record<string, string>> } }).data.files;
    expect(Object.values(recorded).map((hashes) => Object.keys(hashes).length)).toEqual([Object.keys(files).length]);
  },
);

test.each(collections.slice(1))("a run on %o without a folder names the variable %s", async (dataset, variable) => {
  const cwd = folderWith({ ...pairDefinition, dataset });
  const { code, stderr } = await steepest(["run", "tiny.json", "--progress", "none"], { cwd });
  expect(code).toBe(3);
  expect(stderr).toMatch(
    new RegExp(`^error dataset: the files of .* are not here\nhint: set ${variable} to the folder that holds them\n$`),
  );
});

test("a file of CIFAR-10 that is missing, and one of another version, are bad data", async () => {
  const [dataset, variable, files] = collections[3]!;
  const { "data_batch_4.bin": _, ...fewer } = files;
  expect(await run(dataset, variable, fewer).ended).toMatchObject({
    code: 3,
    stderr: `error data/data_batch_4.bin: does not exist
hint: STEEPEST_CIFAR10 names a folder that holds the six files of CIFAR-10; this one may also be called data_batch_4.bin.gz
`,
  });
  const pickled = { ...files, "test_batch.bin": Buffer.from([0x80, 2, 0x7d, 0x71]) };
  const { code, stderr } = await run(dataset, variable, pickled).ended;
  expect(code).toBe(3);
  expect(stderr).toContain("data/test_batch.bin: has 4 bytes, expected a multiple of 3073");
});

test("the experiment on CIFAR-10 runs on files of the real format", { timeout: 60_000 }, async () => {
  const [, variable] = collections[3]!;
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "data"));
  for (let k = 1; k <= 5; k++) writeFileSync(join(cwd, "data", `data_batch_${k}.bin`), batch(24, 40 * k));
  writeFileSync(join(cwd, "data", "test_batch.bin"), batch(6, 7));
  const options = ["--quick", "--set", "stop.steps=5", "--set", "figure=[]", "--set", "claims=[]", "--json", "--progress", "none"];
  const { code, stdout } = await steepest(["reproduce", "cifar-pair", ...options], { cwd, env: { [variable]: "data" } });
  const [{ runs }] = JSON.parse(stdout) as [{ runs: readonly { outcome: { kind: string } }[] }];
  expect(runs.map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill("finished"));
  expect(code).toBe(0);
});

test("of all experiments those are skipped whose files were not given, with a sentence each; one that is named is not", () => {
  vi.stubEnv("STEEPEST_CIFAR10", " ");
  const all = wantedOf([]);
  expect(all.skipped).toEqual([
    { id: "cifar-pair", because: "the files of CIFAR-10 are not here; set STEEPEST_CIFAR10 to the folder that holds them" },
  ]);
  expect(all.ids).toEqual([...catalog.keys()].filter((id) => id !== "cifar-pair"));
  expect(wantedOf(["cifar-pair"])).toEqual({ ids: ["cifar-pair"], skipped: [] });
  vi.stubEnv("STEEPEST_CIFAR10", "here");
  expect(wantedOf([])).toEqual({ ids: [...catalog.keys()], skipped: [] });
  vi.unstubAllEnvs();
});
