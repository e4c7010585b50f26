import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "./steepest.js";
import { steepest } from "./steepest.js";
import { folderWith, tiny } from "./study.js";

/** A definition of one arm and one seed on a pair of digits. */
export const pairDefinition = {
  ...tiny,
  dataset: { kind: "mnistPair", digits: [3, 6], trainSize: 8 },
  arms: { gradient: tiny.arms.gradient! },
  seeds: [0],
  claims: [],
};

/** Writes a file of the IDX format, independently of the reader. */
export function idx(magic: number, shape: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  [magic, ...shape].forEach((word, i) => {
    header.writeUInt32BE(word, 4 * i);
  });
  return Buffer.concat([header, Buffer.from(values)]);
}

export const images = (count: number, factor = 37): Buffer =>
  idx(
    0x803,
    [count, 2, 2],
    Array.from({ length: 4 * count }, (_, k) => (k * factor) % 251),
  );

export const labels = (count: number, digits = [3, 6]): Buffer =>
  idx(
    0x801,
    [count],
    Array.from({ length: count }, (_, i) => digits[i % digits.length]!),
  );

export const trainImages = "train-images-idx3-ubyte";
export const trainLabels = "train-labels-idx1-ubyte";
export const testImages = "t10k-images-idx3-ubyte";
export const testLabels = "t10k-labels-idx1-ubyte";

/** Writes a tiny MNIST in a folder, with the given files replaced, or left out where they are undefined. */
export function writeMnist(folder: string, changes: Readonly<Record<string, Buffer | undefined>> = {}): void {
  const files = {
    [trainImages]: images(20),
    [trainLabels]: labels(20),
    [testImages]: images(6),
    [testLabels]: labels(6),
    ...changes,
  };
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) if (bytes) writeFileSync(join(folder, name), bytes);
}

/** A folder with the definition `tiny.json` and a tiny MNIST in `data`. */
export function folderWithData(changes: Readonly<Record<string, Buffer | undefined>> = {}): string {
  const cwd = folderWith(pairDefinition);
  writeMnist(join(cwd, "data"), changes);
  return cwd;
}

export const runOn = (cwd: string, data = "data", ...more: string[]): Promise<Ended> =>
  steepest(["run", "tiny.json", "--progress", "none", ...more], { cwd, env: { STEEPEST_MNIST: data } });
