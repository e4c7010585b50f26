import { referenceKernels } from "@steepest/reference";
import { constant, drawNormal, type LabelledData, losses, mlp, norms, steepestDescent, type TrainOptions } from "../../src/index.js";

export interface MixtureOptions {
  readonly seed: number;
  readonly classes: number;
  readonly perClass: number;
  readonly inputDim: number;
  /** Standard deviation of the samples about the centre of their class; centres are N(0, I). */
  readonly spread: number;
}

/** A Gaussian mixture, class by class in turn. */
export function mixture({ seed, classes, perClass, inputDim, spread }: MixtureOptions): LabelledData & { readonly classes: number } {
  const n = classes * perClass;
  const centres = drawNormal(referenceKernels, { seed, stream: 902, count: classes * inputDim });
  const noise = drawNormal(referenceKernels, { seed, stream: 903, count: n * inputDim });
  const labels = Array.from({ length: n }, (_, i) => i % classes);
  return {
    inputs: noise.map((x, at) => centres[labels[Math.floor(at / inputDim)]! * inputDim + (at % inputDim)]! + spread * x),
    inputDim,
    labels,
    classes,
  };
}

/** A small ReLU network on three classes. */
export const threeClasses = {
  network: mlp({ widths: [4, 6, 3], activation: "relu" }),
  data: mixture({ seed: 3, classes: 3, perClass: 4, inputDim: 4, spread: 0.3 }),
  loss: losses.exponential,
  optimizer: steepestDescent({ norm: norms.l2, normalized: true }),
  step: constant({ size: 0.05 }),
  init: { law: "normalFanIn", scale: 1 },
  seed: 5,
} as const satisfies TrainOptions;

/** Rows of a row-major matrix. */
export function rowsOf(values: Float64Array, columns: number): Float64Array[] {
  return Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns));
}
