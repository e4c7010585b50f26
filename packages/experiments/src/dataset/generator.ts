import { type KernelFactory, type SupervisedData, streams } from "@steepest/core";
import { ArenaPlan, fillNormal, fillUniform } from "@steepest/core/internal";

/** The place of samples among all that a seed generates. */
export interface SamplePart {
  /** Numbers of the streams of their inputs and of their clusters. */
  readonly inputs: number;
  readonly clusters: number;
  /** Number of the stream of the noise on targets; undefined for test samples, which have none. */
  readonly noise: number | undefined;
  /** Index of the first sample, for data sets whose samples take turns. */
  readonly first: number;
}

/** Draws samples, as many at each call. The arrays may be overwritten by the next call. */
export type SampleDrawer<D extends SupervisedData = SupervisedData> = (part: SamplePart) => D;

/** Generates samples under a seed: what is drawn once, such as a teacher, is drawn first. @returns makes a drawer of so many samples at a time */
export type Generator = (seed: number, kernels: KernelFactory) => (count: number) => SampleDrawer;

const trainPart: SamplePart = { inputs: streams.trainInputs, clusters: streams.trainClusters, noise: streams.labelNoise, first: 0 };
const testPart: SamplePart = { inputs: streams.testInputs, clusters: streams.testClusters, noise: undefined, first: 0 };

/** The samples that step t of a run sees, `count` at a time; numbers of their streams belong to no other step. */
export const freshPart = (step: number, count: number): SamplePart => ({
  inputs: streams.fresh + 4 * step,
  clusters: streams.fresh + 4 * step + 1,
  noise: freshNoise(step),
  first: step * count,
});

/** The number of the stream of the noise of step t on labels or targets. */
export const freshNoise = (step: number): number => streams.fresh + 4 * step + 2;

/** Generated samples: how many are for training and for testing. */
interface Counts {
  readonly trainSize: number;
  readonly testSize?: number;
}

/** The part of a generated data set that its generator decides. */
export function generated<C extends Counts>(
  generate: (choice: C) => Generator,
): {
  readonly generate: (choice: C) => Generator;
  readonly build: (
    choice: C,
  ) => (
    seed: number,
    host: { readonly kernels: KernelFactory },
  ) => Promise<{ readonly train: SupervisedData; readonly test: SupervisedData | undefined }>;
} {
  return {
    generate,
    build: (choice) => {
      const { trainSize, testSize = 0 } = choice;
      const generator = generate(choice);
      return async (seed, { kernels }) => {
        const drawer = generator(seed, kernels);
        return { train: owned(drawer(trainSize)(trainPart)), test: testSize > 0 ? owned(drawer(testSize)(testPart)) : undefined };
      };
    },
  };
}

/** The samples with arrays of their own, where a drawer has given those of its memory. */
function owned<D extends SupervisedData>(data: D): D {
  const copy = <A>(array: A): A =>
    array instanceof Float64Array && array.byteLength < array.buffer.byteLength ? (array.slice() as A) : array;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, copy(value)])) as unknown as D;
}

/** Random numbers in one memory, `count` of a stream at a time; each call overwrites the numbers of the one before. */
export interface BoundDraws {
  uniform(seed: number, stream: number): Float64Array;
  normal(seed: number, stream: number): Float64Array;
}

/** Takes the memory of `count` random numbers, once. */
export function bindDraws(factory: KernelFactory, count: number): BoundDraws {
  const arena = new ArenaPlan().span(count).allocate(factory);
  const numbers = arena.span(count);
  const filledBy = (fill: typeof fillNormal) => (seed: number, stream: number) => {
    fill(arena.kernels, numbers, seed, stream);
    return numbers.view;
  };
  return { uniform: filledBy(fillUniform), normal: filledBy(fillNormal) };
}
