import type { KernelFactory, LabelledData } from "@steepest/core";
import type { Choice } from "../definition/choice.js";
import { field, type ReadonlyTree, z } from "../definition/schema.js";

/** The data that a data set gives under one seed. */
export interface DrawnData {
  readonly train: LabelledData;
  readonly test: LabelledData | undefined;
}

/** The two halves of an image collection: one byte per pixel, row-major images, one label per image. */
export interface ImageSet {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

/** The schemas of the fields that every data set of a definition may hold. */
export const datasetBase = {
  contradictions: field(
    z.enum(["keep"]),
    "Trains on samples that no network without biases can separate (all zero, or of opposite labels and equal or multiples); without it they are refused.",
    { example: "keep" },
  ).optional(),
};

/** Files that only the host can read: this package touches none. */
export interface DatasetFiles {
  /** The images of MNIST. @throws DataError  if the files are missing or damaged */
  mnist(): Promise<{ readonly train: ImageSet; readonly test: ImageSet }>;
}

export interface DatasetHost {
  readonly kernels: KernelFactory;
  readonly files: DatasetFiles;
}

/** The sizes of a data set, from its definition alone. */
export interface DatasetSizes {
  readonly trainSize: number;
  /** A lower bound of the number of test samples. */
  readonly testSize: number;
  readonly inputDim: number;
  /** true: every input column is in use; false: some may be zero in every sample. */
  readonly isDense: boolean;
  /** Bytes of memory that drawing takes: kernel memory, and arrays, the samples among them; 0 where nothing is drawn. */
  readonly drawBytes: number;
}

export type DrawData = (seed: number, host: DatasetHost) => Promise<DrawnData>;

/** A data set of definitions: its form `V` there, a function that draws it, and the files of the host that this function reads. */
export interface DatasetMember<V> extends Choice<V, DrawData> {
  /** The name in menus, "two moons". */
  readonly title: string;
  readonly files: readonly (keyof DatasetFiles)[];
  sizes(value: ReadonlyTree<NoInfer<V>>): DatasetSizes;
  /** true: few weights of a network are enough to separate the first example, so that coordinate descent does it soon, too. Default false. */
  readonly fewWeightsSuffice?: boolean;
  /** The third coordinate, equal in every sample, of samples that lie in the plane, 0 for none; absent or undefined: they lie elsewhere. */
  planeConstant?(value: ReadonlyTree<NoInfer<V>>): number | undefined;
  /** The first so many coordinates may be the pixels of a square image, row by row; absent: samples are no images. */
  pixels?(value: ReadonlyTree<NoInfer<V>>): number;
}

/** A data set of definitions whose type follows from its schema. */
export const datasetMember = <V>(member: DatasetMember<V>): DatasetMember<V> => member;
