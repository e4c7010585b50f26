import type { KernelFactory, SupervisedData } from "@steepest/core";
import type { Choice, OptionsOf } from "../definition/choice.js";
import { expecting, field, type ReadonlyTree, z } from "../definition/schema.js";
import type { Generator } from "./generator.js";
import type { ImageCollection, ImageParts } from "./imageCollection.js";

/** The data that a data set gives under one seed. */
export interface DrawnData<D extends SupervisedData = SupervisedData> {
  readonly train: D;
  readonly test: D | undefined;
  /** Sentences on what one may not expect of the samples, for people; absent: none. */
  readonly remarks?: readonly string[];
}

/** The schemas of the fields that every data set with labels may hold. */
export const datasetBase = {
  contradictions: field(
    z.enum(["keep"]),
    "Trains on samples that the network cannot separate (of different labels and equal; without biases also all zero, or multiples); without it they are refused.",
    { example: "keep" },
  ).optional(),
  labelNoise: field(
    expecting("must be a number from 0 to 1", (error) => z.number(error).min(0, error).max(1, error)),
    "Probability with which the label of a training sample is replaced by another class, of two by the other one; each is drawn by the seed. 0 without.",
    { unit: "1", example: 0.1 },
  ).optional(),
};

/** Files that only the host can read: this package touches none. */
export interface DatasetFiles {
  /**
   * The images of a collection, as its files hold them.
   *
   * @throws DataError  if the host does not have the collection, or a file is missing or damaged
   */
  images(collection: ImageCollection): Promise<ImageParts>;
  /**
   * The content of a file. Absent: the host reads none but those of collections.
   *
   * @param path  as a definition has it, relative to the definition
   * @returns its bytes, which are not modified, and their hash
   * @throws DataError  if there is no such file, or it cannot be read
   */
  bytes?(path: string): Promise<HashedBytes>;
  /**
   * Runs a JavaScript module. Absent: the host runs no code of others.
   *
   * @param path   as a definition has it, relative to the definition
   * @param admit  is called with the SHA-256 of the file before any of its code runs, and throws where it must not
   * @returns its default export, and the hash of the file that was run
   * @throws DefinitionError  if there is no such file, it imports others, or it cannot be run
   */
  module?(path: string, admit: (sha256: string) => void): Promise<ImportedModule>;
}

/** A module that was run. */
export interface ImportedModule {
  readonly exported: unknown;
  /** SHA-256 of its file, in hex. */
  readonly sha256: string;
}

/** The content of a file. */
export interface HashedBytes {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string;
}

export interface DatasetHost {
  readonly kernels: KernelFactory;
  readonly files: DatasetFiles;
}

/** The shape of an image: inputDim = channels · height · width. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** The sizes of a data set, from its definition alone. */
export interface DatasetSizes {
  readonly trainSize: number;
  /** A lower bound of the number of test samples. */
  readonly testSize: number;
  readonly inputDim: number;
  /** Classes of labels 0 to C - 1. Absent: labels -1 and +1, or targets. */
  readonly classes?: number;
  /** Targets of a sample. Absent: samples have labels. */
  readonly outputs?: number;
  /** The shape of a sample that is an image, row-major, channel by channel. Absent: samples are no images. */
  readonly image?: ImageShape;
  /** true: every input column is in use; false: some may be zero in every sample. */
  readonly isDense: boolean;
  /** Bytes of memory that drawing takes: kernel memory, and arrays, the samples among them; 0 where nothing is drawn. */
  readonly drawBytes: number;
}

export type DrawData<D extends SupervisedData = SupervisedData> = (seed: number, host: DatasetHost) => Promise<DrawnData<D>>;

/** A data set of definitions: its form `V` there, a function that draws it, and the files of the host that this function reads. */
export interface DatasetMember<V> extends Choice<V, DrawData> {
  /** The name in menus, "two moons". */
  readonly title: string;
  /** The collections of images that `build` reads; their hashes become part of a run's identity. */
  files(value: ReadonlyTree<NoInfer<V>>): readonly ImageCollection[];
  sizes(value: ReadonlyTree<NoInfer<V>>): DatasetSizes;
  /** The paths of files, beside collections, that `build` reads. Absent: none. */
  paths?(value: ReadonlyTree<NoInfer<V>>): readonly string[];
  /**
   * Reads the files, and writes into the value what hosts must know of them before anything is drawn. Absent: a value says everything itself.
   *
   * @throws DataError  if a file is not what it should be, or not the one that the value is about
   */
  resolve?(value: ReadonlyTree<NoInfer<V>>, files: DatasetFiles): Promise<ReadonlyTree<NoInfer<V>>>;
  /** The matrix of the linear teacher that gives the samples their labels or targets, f64[outputs][inputDim], a function of the seed. Absent: there is none. */
  teacher?(value: OptionsOf<ReadonlyTree<NoInfer<V>>>): ((seed: number, kernels: KernelFactory) => Float64Array) | undefined;
  /** Generates samples without end, for fresh samples at every step. Absent: the samples are a fixed set. */
  generate?(options: OptionsOf<ReadonlyTree<NoInfer<V>>>): Generator;
  /** true: few weights of a network are enough to separate the first example, so that coordinate descent does it soon, too. Default false. */
  readonly fewWeightsSuffice?: boolean;
  /** The third coordinate, equal in every sample, of samples that lie in the plane, 0 for none; absent or undefined: they lie elsewhere. */
  planeConstant?(value: ReadonlyTree<NoInfer<V>>): number | undefined;
  /** The first so many coordinates may be the pixels of a square image, row by row, although nothing says that they are; absent: they are none. */
  pixels?(value: ReadonlyTree<NoInfer<V>>): number;
}

/** A data set of definitions whose type follows from its schema. */
export const datasetMember = <V>(member: DatasetMember<V>): DatasetMember<V> => member;
