import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { steepest } from "./steepest.js";
import { filesOf, folderWith, tiny } from "./study.js";

const definition = {
  ...tiny,
  dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 8 },
  arms: { gradient: tiny.arms.gradient },
  seeds: [0],
  claims: [],
};

function idx(magic: number, shape: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  [magic, ...shape].forEach((word, i) => {
    header.writeUInt32BE(word, 4 * i);
  });
  return Buffer.concat([header, Buffer.from(values)]);
}

const images = (count: number) =>
  idx(
    0x803,
    [count, 2, 2],
    Array.from({ length: 4 * count }, (_, k) => (k * 37) % 251),
  );
const labels = (count: number, digits = [3, 6]) =>
  idx(
    0x801,
    [count],
    Array.from({ length: count }, (_, i) => digits[i % digits.length]!),
  );

/** A folder with a definition and a tiny MNIST in `data`, whose files may be replaced, or removed with `undefined`. */
function folderWithData(changes: Readonly<Record<string, Buffer | undefined>> = {}): string {
  const cwd = folderWith(definition);
  mkdirSync(join(cwd, "data"));
  const files = {
    "train-images-idx3-ubyte": images(20),
    "train-labels-idx1-ubyte": labels(20),
    "t10k-images-idx3-ubyte": images(6),
    "t10k-labels-idx1-ubyte": labels(6),
    ...changes,
  };
  for (const [name, bytes] of Object.entries(files)) if (bytes) writeFileSync(join(cwd, "data", name), bytes);
  return cwd;
}

const run = (cwd: string) => steepest(["run", "tiny.json", "--progress", "none"], { cwd, env: { STEEPEST_MNIST: "data" } });

test("gzipped files give the same rows as plain ones", async () => {
  const plain = folderWithData();
  const zipped = folderWithData({ "train-images-idx3-ubyte": gzipSync(images(20)), "t10k-labels-idx1-ubyte": gzipSync(labels(6)) });
  expect((await run(plain)).code).toBe(0);
  expect((await run(zipped)).code).toBe(0);
  expect(filesOf(zipped, "rows.jsonl")).toEqual(filesOf(plain, "rows.jsonl"));
});

const trainImages = "train-images-idx3-ubyte";
const trainLabels = "train-labels-idx1-ubyte";

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
  const { code, stdout, stderr } = await run(cwd);
  expect({ code, stdout, first: stderr.split("\n")[0] }).toEqual({ code: 3, stdout: "", first: `error ${message}` });
  expect(filesOf(cwd, "outcome.json")).toEqual({});
  expect(filesOf(cwd, "owner.json")).toEqual({});
});
