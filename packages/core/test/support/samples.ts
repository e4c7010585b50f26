import { referenceKernels } from "@steepest/reference";
import { drawNormal, drawUniform, type LabelledData } from "../../src/index.js";

export interface SampleOptions {
  readonly seed: number;
  readonly sampleCount: number;
  readonly inputDim: number;
  /** Fraction of inputs that are not zero. Default 1. */
  readonly density?: number;
}

/** Gaussian inputs with alternating labels. */
export function samples({ seed, sampleCount, inputDim, density = 1 }: SampleOptions): LabelledData {
  const count = sampleCount * inputDim;
  const kept = drawUniform(referenceKernels, { seed, stream: 900, count });
  const inputs = drawNormal(referenceKernels, { seed, stream: 901, count }).map((x, i) => (kept[i]! < density ? x : 0));
  return { inputs, inputDim, labels: Array.from({ length: sampleCount }, (_, i) => (i % 2 === 0 ? 1 : -1)) };
}
