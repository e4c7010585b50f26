import { drawNormal, type KernelFactory, type LabelledData } from "@steepest/core";

export interface GeneratedDataOptions {
  readonly seed: number;
  readonly sampleCount: number;
  readonly inputDim: number;
}

const inputStream = 920;
const teacherStream = 921;
/** Least |score| of the teacher; samples below it are left out, so that the classes lie apart. */
const leastScore = 0.25;

/** Samples N(0, I) with alternating labels, separable or not. */
export function alternatingData(kernels: KernelFactory, { seed, sampleCount, inputDim }: GeneratedDataOptions): LabelledData {
  return {
    inputs: drawNormal(kernels, { seed, stream: inputStream, count: sampleCount * inputDim }),
    inputDim,
    labels: Array.from({ length: sampleCount }, (_, i) => (i % 2 === 0 ? 1 : -1)),
  };
}

/** Samples N(0, I) with the signs of a linear teacher <w, x>, w from N(0, I), where |<w, x>| is not small. */
export function linearlySeparableData(kernels: KernelFactory, { seed, sampleCount, inputDim }: GeneratedDataOptions): LabelledData {
  const teacher = drawNormal(kernels, { seed, stream: teacherStream, count: inputDim });
  const pool = drawNormal(kernels, { seed, stream: inputStream, count: 10 * sampleCount * inputDim });
  const inputs: number[] = [];
  const labels: number[] = [];
  for (let at = 0; labels.length < sampleCount && at < pool.length; at += inputDim) {
    const x = pool.subarray(at, at + inputDim);
    const score = x.reduce((sum, value, j) => sum + value * teacher[j]!, 0);
    if (Math.abs(score) < leastScore) continue;
    inputs.push(...x);
    labels.push(Math.sign(score));
  }
  return { inputs: Float64Array.from(inputs), inputDim, labels };
}
