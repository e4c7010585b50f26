import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { images, labels, pairDefinition } from "./mnist.js";
import { type Ended, steepest } from "./steepest.js";
import { filesOf, folderWith } from "./study.js";

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
