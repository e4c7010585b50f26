import { type KernelFactory, type LabelledData, type SupervisedData, streams } from "@steepest/core";
import { hasTargets } from "@steepest/core/internal";
import { build, type OneOf, oneOf } from "../definition/choice.js";
import { cifar10 } from "./cifar10.js";
import { circles } from "./circles.js";
import { colorPatchMnist } from "./colorPatchMnist.js";
import type { DatasetHost, DatasetMember, DatasetSizes, DrawnData } from "./dataset.js";
import { emnist } from "./emnist.js";
import { fashionMnist } from "./fashionMnist.js";
import { file } from "./file/file.js";
import { gaussianClasses } from "./gaussianClasses.js";
import { gaussianMixture } from "./gaussianMixture.js";
import { freshNoise, freshPart } from "./generator.js";
import type { ImageCollection } from "./imageCollection.js";
import { withLabelNoise } from "./labelNoise.js";
import { linearTeacher } from "./linearTeacher.js";
import { matrixCompletion } from "./matrixCompletion.js";
import { matrixFactorization } from "./matrixFactorization.js";
import { matrixSensing } from "./matrixSensing.js";
import { mnist } from "./mnist.js";
import { mnistPair } from "./mnistPair.js";
import { moons } from "./moons.js";
import { oneHotTeacher } from "./oneHotTeacher.js";
import { points } from "./points.js";
import { separable } from "./separable.js";
import { targetPoints } from "./targetPoints.js";
import { teacherStudent } from "./teacherStudent.js";
import { xor } from "./xor.js";

/** Every data set that a definition can name. Adding one: its file and a line here. */
export const datasets = {
  mnistPair,
  teacherStudent,
  moons,
  xor,
  separable,
  circles,
  points,
  mnist,
  fashionMnist,
  emnist,
  cifar10,
  colorPatchMnist,
  gaussianMixture,
  gaussianClasses,
  oneHotTeacher,
  linearTeacher,
  matrixSensing,
  matrixCompletion,
  matrixFactorization,
  targetPoints,
  file,
};

/** A data set of a definition. */
export type DatasetDefinition = OneOf<typeof datasets>;

export const datasetSchema = oneOf("kind", datasets);

/** The probability of label noise, 0 without, and the data set before it. */
function noiseOf(choice: DatasetDefinition): { readonly labelNoise: number; readonly clean: DatasetDefinition } {
  if (!("labelNoise" in choice)) return { labelNoise: 0, clean: choice };
  const { labelNoise = 0, ...clean } = choice;
  return { labelNoise, clean };
}

/** Samples with noisy labels; targets have their noise from their data set. */
function withNoise(data: SupervisedData, share: number, draw: Parameters<typeof withLabelNoise>[2]): SupervisedData {
  return share > 0 && !hasTargets(data) ? withLabelNoise(data, share, draw) : data;
}

/** The member that a data set of a definition is of. */
const memberOf = ({ kind }: DatasetDefinition): DatasetMember<unknown> => datasets[kind];

/** A data set of a definition whose samples have labels: it may hold contradictions, and label noise. */
export type LabelledDataset = WithContradictions<DatasetDefinition>;

/** Those of a union of data sets that may hold contradictions. */
export type WithContradictions<D> = D extends unknown ? ("contradictions" extends keyof D ? D : never) : never;

/** The samples of a data set of a definition. */
export type SamplesOf<C extends DatasetDefinition> = C extends LabelledDataset ? LabelledData : SupervisedData;

/**
 * The kind of the samples of a data set.
 *
 * @param choice  a data set of a definition
 * @returns true for labels, false for targets
 */
export const isLabelled = (choice: DatasetDefinition): choice is LabelledDataset => datasetSizes(choice).outputs === undefined;

/**
 * Draws a data set.
 *
 * @param choice  a data set of a definition
 * @param seed    a non-negative safe integer
 * @param host    provides kernels and files
 * @returns training samples, and test samples if the data set has any
 * @throws DefinitionError, DataError  if the data cannot be drawn, or a file is missing or damaged
 */
export async function drawData<C extends DatasetDefinition>(choice: C, seed: number, host: DatasetHost): Promise<DrawnData<SamplesOf<C>>> {
  const { labelNoise, clean } = noiseOf(choice);
  const drawn = await build(datasets, "kind", clean)(seed, host);
  return { ...drawn, train: withNoise(drawn.train, labelNoise, { kernels: host.kernels, seed, stream: streams.labelNoise }) } as never; // its kind decides
}

/** Samples of step t, each time the same; read before the next call. */
export type FreshSamples = (step: number) => SupervisedData;

/**
 * The fresh samples of a generated data set, a function of seed and step alone.
 *
 * @param choice  a data set of a definition
 * @param seed    a non-negative safe integer
 * @param count   samples per step
 * @param host    provides kernels
 * @returns the samples of every step; undefined for a data set of fixed samples
 */
export function freshSamples(
  choice: DatasetDefinition,
  seed: number,
  count: number,
  { kernels }: Pick<DatasetHost, "kernels">,
): FreshSamples | undefined {
  const { labelNoise, clean } = noiseOf(choice);
  const generator = memberOf(choice).generate?.(clean)(seed, kernels)(count);
  if (!generator) return undefined;
  return (step) => withNoise(generator(freshPart(step, count)), labelNoise, { kernels, seed, stream: freshNoise(step) });
}

/** The words that refuse fresh samples of a data set of fixed samples. */
export const freshRefusal = ({ kind }: DatasetDefinition): string =>
  `${kind} has no more samples than its own, fresh ones are drawn of generated data only`;

/** The remedy for that. */
export const freshHint = 'write "batch": { "size": 64, "order": "shuffled" } for batches of the training samples';

/**
 * The linear teacher that gives the samples their labels or targets.
 *
 * @param choice  a data set of a definition
 * @returns its matrix, f64[outputs][inputDim], as a function of the seed; undefined for data without one
 */
export function teacherOf(choice: DatasetDefinition): ((seed: number, kernels: KernelFactory) => Float64Array) | undefined {
  return memberOf(choice).teacher?.(noiseOf(choice).clean);
}

/** True for a data set that is generated and can give fresh samples at every step. */
export const isGenerated = (choice: DatasetDefinition): boolean => memberOf(choice).generate !== undefined;

/**
 * The files of the host that a data set is drawn from: they decide its rows as much as the definition does.
 *
 * @param choice  a data set of a definition
 * @returns collections of images; none for data that are only drawn
 */
export function filesReadBy(choice: DatasetDefinition): readonly ImageCollection[] {
  return memberOf(choice).files(choice);
}

/**
 * The files of the host, beside collections of images, that a data set is drawn from.
 *
 * @param choice  a data set of a definition
 * @returns paths as the definition has them; none for most data sets
 */
export function pathsReadBy(choice: DatasetDefinition): readonly string[] {
  return memberOf(choice).paths?.(choice) ?? [];
}

/** True for a data set that is drawn from files of the host, and cannot be drawn without them. */
export const needsFiles = (choice: DatasetDefinition): boolean => filesReadBy(choice).length > 0 || pathsReadBy(choice).length > 0;

/**
 * The constant coordinate of data in the plane.
 *
 * @param choice  a data set of a definition
 * @returns the third coordinate of every sample, 0 where there is none; undefined for data that lie elsewhere
 */
export function planeConstant(choice: DatasetDefinition): number | undefined {
  return memberOf(choice).planeConstant?.(choice);
}

/**
 * The number of coordinates that may be pixels.
 *
 * @param choice  a data set of a definition
 * @returns how many of the first coordinates of a sample; undefined for images in colours and samples that are no images
 */
export function pixelsOf(choice: DatasetDefinition): number | undefined {
  const { image } = datasetSizes(choice);
  if (image) return image.channels === 1 ? image.height * image.width : undefined;
  return memberOf(choice).pixels?.(choice);
}

/** The data sets whose samples are images, of more than one row of pixels. */
export const imageKinds = (): string[] =>
  Object.entries<DatasetMember<never>>(datasets as never).flatMap(([kind, { sizes, examples }]) =>
    (sizes(examples[0]).image?.height ?? 1) > 1 ? [kind] : [],
  );

/**
 * The sizes of the data, before anything is drawn.
 *
 * @param choice  a data set of a definition
 * @returns sizes, of any magnitude
 */
export function datasetSizes(choice: DatasetDefinition): DatasetSizes {
  return memberOf(choice).sizes(choice);
}
