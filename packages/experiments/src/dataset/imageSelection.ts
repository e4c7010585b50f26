import { DataError, drawSubset, type KernelFactory, type LabelledData, streams } from "@steepest/core";
import { expecting, field, integer, type ReadonlyTree, z } from "../definition/schema.js";
import { type DatasetSizes, type DrawData, type DrawnData, datasetBase, type ImageShape } from "./dataset.js";
import type { ImageCollection, ImageParts, ImageSet } from "./imageCollection.js";

/** Field that makes classes of the labels of a collection: label `first` and those that follow. @param example  two labels */
const classesField = (first: number, last: number, example: readonly number[]) => {
  const label = expecting(`must be a label from ${first} to ${last}`, (error) =>
    z.number(error).int(error).min(first, error).max(last, error),
  );
  const group = z.union([label, z.array(label).min(1)]);
  return field(
    z.union([z.literal("each"), z.array(group).min(2)], {
      error: ({ input }) =>
        Array.isArray(input) ? undefined : 'must be "each" or a list of at least two classes, such as [3, 6] or [[0, 2], [1, 3]]',
    }),
    'The classes, each a label or a list of labels; images of other labels are left out. Two classes are labelled -1 and +1 in their order, more 0, 1, ...; "each": every label is a class.',
    { unit: "label", example },
  );
};

/** The fields of every data set of labelled images. @param last  the largest label of the collection; labels from `first` on */
export const imageFields = (first: number, last: number, example: readonly number[]) => ({
  classes: classesField(first, last, example),
  trainSize: field(integer(2), "Training images of these classes that a seed draws.", { unit: "samples", example: 100 }),
  testSize: field(integer(1), "Test images: the first so many of these classes in the test file; all of them without.", {
    unit: "samples",
    example: 1000,
  }).optional(),
  pool: field(integer(2), "Side of the squares of pixels that are averaged; it divides both sides of the images.", {
    unit: "pixels",
    example: 2,
  }).optional(),
  ...datasetBase,
});

/** Every label in the `classes` of an unchecked definition, with its place. */
export function writtenLabels(classes: unknown): { readonly path: PropertyKey[]; readonly label: unknown }[] {
  if (!Array.isArray(classes)) return [];
  return classes.flatMap((entry: unknown, i) =>
    Array.isArray(entry)
      ? entry.map((label: unknown, j) => ({ path: ["classes", i, j], label }))
      : [{ path: ["classes", i], label: entry }],
  );
}

/** Labels that stand in two classes, as problems of a definition. */
export function classProblems({ classes }: Readonly<Record<string, unknown>>): { path: PropertyKey[]; message: string }[] {
  const seen = new Set<unknown>();
  return writtenLabels(classes).flatMap(({ path, label }) => {
    const isAgain = seen.has(label);
    seen.add(label);
    return isAgain ? [{ path, message: `must be in one class only, got ${String(label)} again` }] : [];
  });
}

/** Values of the fields of `imageFields`. */
type ImageFields = ReadonlyTree<z.output<z.ZodObject<ReturnType<typeof imageFields>>>>;

/** Images and their labels as a data set finds them in a collection. */
export interface LabelledImages {
  readonly collection: ImageCollection;
  /** The shape of one image. */
  readonly shape: ImageShape;
  /** The labels are the integers from `first` to `last`. */
  readonly first: number;
  readonly last: number;
  /** true: files hold every channel column by column. */
  readonly isTransposed?: boolean;
}

/** A choice of images: what is a class, how many are drawn, how large they are. */
export type ImageChoice = Pick<ImageFields, "trainSize" | "testSize" | "pool"> & { readonly groups: readonly (readonly number[])[] };

/** The groups of labels that `classes` says. */
export function groupsOf(classes: ImageFields["classes"], first: number, last: number): readonly (readonly number[])[] {
  if (classes === "each") return Array.from({ length: last - first + 1 }, (_, i) => [first + i]);
  return classes.map((entry) => (typeof entry === "number" ? [entry] : entry));
}

/** The number of classes as data sets say it: absent for two groups, which are labelled -1 and +1. */
export const classCount = (groups: readonly unknown[]): { readonly classes?: number } =>
  groups.length === 2 ? {} : { classes: groups.length };

/** The sizes of drawn images. @param shape  of the collection's images */
export function imageSizes({ groups, trainSize, testSize = 0, pool = 1 }: ImageChoice, shape: ImageShape): DatasetSizes {
  const image = {
    channels: shape.channels,
    height: Math.max(1, Math.floor(shape.height / pool)),
    width: Math.max(1, Math.floor(shape.width / pool)),
  };
  const inputDim = image.channels * image.height * image.width;
  return { trainSize, testSize, inputDim, ...classCount(groups), image, isDense: false, drawBytes: 8 * (trainSize + testSize) * inputDim };
}

/** Options of `drawImages` beside the choice. */
interface ImageSource {
  readonly kernels: KernelFactory;
  readonly seed: number;
  /** The field of the definition that says which labels are wanted, for messages: "dataset.classes". */
  readonly path: string;
  /** One image, in words with the article: "a 7". */
  readonly imageOf: (label: number) => string;
  /** Words for the wanted images: "of these classes". */
  readonly ofThese: string;
  /** true: files hold every channel column by column. */
  readonly isTransposed?: boolean;
}

/**
 * Draws training images, and takes test images in the order of their file, as inputs in [0, 1].
 *
 * @throws DataError  if a wanted label has no training image, there are too few, or `pool` does not divide the sides
 */
export function drawImages({ train, test }: ImageParts, choice: ImageChoice, source: ImageSource): DrawnData<LabelledData> {
  const { groups, trainSize, testSize, pool = 1 } = choice;
  const { kernels, seed, path, imageOf, ofThese } = source;
  const population = indicesOf(train, groups);
  for (const wanted of groups.flat()) {
    if (!train.labels.includes(wanted))
      throw DataError.at(path, `the training file holds no image of ${imageOf(wanted)}`, { value: wanted });
  }
  if (population.length < trainSize) {
    throw DataError.at("dataset.trainSize", `${trainSize} images wanted, the training file holds ${population.length} ${ofThese}`, {
      value: trainSize,
    });
  }
  for (const images of [train, test]) requireDivisible(pool, images);
  const drawn = drawSubset(kernels, population, { seed, stream: streams.selection, count: trainSize });
  const held = indicesOf(test, groups).slice(0, testSize);
  return { train: samplesAt(train, drawn, choice, source), test: samplesAt(test, held, choice, source) };
}

function indicesOf({ labels }: ImageSet, groups: readonly (readonly number[])[]): number[] {
  const wanted = new Set(groups.flat());
  const indices: number[] = [];
  labels.forEach((label, i) => {
    if (wanted.has(label)) indices.push(i);
  });
  return indices;
}

function samplesAt(
  images: ImageSet,
  indices: readonly number[],
  { groups, pool = 1 }: ImageChoice,
  { isTransposed = false }: ImageSource,
): LabelledData {
  const classOf = new Map(groups.flatMap((group, c) => group.map((label) => [label, c] as const)));
  const isPair = groups.length === 2;
  return {
    inputs: inputsAt(images, indices, pool, isTransposed),
    labels: indices.map((index) => {
      const c = classOf.get(images.labels[index]!)!;
      return isPair ? 2 * c - 1 : c;
    }),
    inputDim: ((images.channels ?? 1) * images.rows * images.columns) / pool ** 2,
    ...classCount(groups),
  };
}

/** The images of a set as inputs in [0, 1], each entry the mean over a square of `pool` x `pool` pixels. */
function inputsAt(
  { pixels, channels = 1, rows, columns }: ImageSet,
  indices: readonly number[],
  pool: number,
  isTransposed: boolean,
): Float64Array {
  const [height, width] = [rows / pool, columns / pool];
  const [downwards, across] = isTransposed ? [1, rows] : [columns, 1];
  const inputs = new Float64Array(indices.length * channels * height * width);
  let next = 0;
  for (const index of indices) {
    for (let channel = 0; channel < channels; channel++) {
      const start = (index * channels + channel) * rows * columns;
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          let sum = 0;
          for (let k = 0; k < pool * pool; k++) {
            sum += pixels[start + (row * pool + Math.floor(k / pool)) * downwards + (column * pool + (k % pool)) * across]!;
          }
          inputs[next++] = sum / (pool * pool * 255);
        }
      }
    }
  }
  return inputs;
}

function requireDivisible(pool: number, { rows, columns }: ImageSet): void {
  if (rows % pool === 0 && columns % pool === 0) return;
  throw DataError.at("dataset.pool", `must divide both sides of the images, ${rows} x ${columns}, got ${pool}`, { value: pool });
}

/** The part of a data set of labelled images that its images decide. */
interface FromImages<C> {
  sizes(choice: C): DatasetSizes;
  files(choice: C): readonly ImageCollection[];
  build(choice: C): DrawData<LabelledData>;
}

/** The part of a data set of labelled images that its images decide. @param imagesOf  the images that a choice is about */
export function drawnFromImages<C extends ImageFields>(imagesOf: (choice: C) => LabelledImages): FromImages<C> {
  const chosen = (choice: C, { first, last }: LabelledImages): ImageChoice => ({
    ...choice,
    groups: groupsOf(choice.classes, first, last),
  });
  return {
    sizes: (choice) => {
      const images = imagesOf(choice);
      return imageSizes(chosen(choice, images), images.shape);
    },
    files: (choice) => [imagesOf(choice).collection],
    build: (choice) => {
      const images = imagesOf(choice);
      return async (seed, { kernels, files }) =>
        drawImages(await files.images(images.collection), chosen(choice, images), {
          kernels,
          seed,
          path: "dataset.classes",
          imageOf: (label) => `label ${label}`,
          ofThese: "of these classes",
          isTransposed: images.isTransposed ?? false,
        });
    },
  };
}
