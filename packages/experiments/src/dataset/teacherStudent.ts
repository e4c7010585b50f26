import { DataError, drawNormal, drawSubset, type KernelFactory, type LabelledData, streams } from "@steepest/core";
import type { OptionsOf } from "../definition/choice.js";
import { field, integer, nonNegative, type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetBase, datasetMember } from "./dataset.js";
import { bindDraws, generated, type SampleDrawer } from "./generator.js";

const schema = ruled(
  z.strictObject({
    kind: z.literal("teacherStudent"),
    inputDim: field(integer(1), "Coordinates of a sample, from N(0, 1).", { unit: "coordinates", example: 128 }),
    teacherWidth: field(integer(1), "ReLU neurons of the teacher.", { unit: "units", example: 16 }),
    nonzerosPerNeuron: field(integer(1), "Nonzero weights of each of them, at most inputDim.", { unit: "weights", example: 3 }),
    minTeacherScore: field(nonNegative(), "Samples that the teacher scores with at most this, up to the sign, are drawn again.", {
      unit: "score",
      example: 0.1,
    }),
    trainSize: field(integer(2), "Training samples.", { unit: "samples", example: 50 }),
    testSize: field(integer(0), "Test samples; 0 for none.", { unit: "samples", example: 1000 }),
    ...datasetBase,
  }),
  {
    problems: ({ inputDim, nonzerosPerNeuron }) =>
      Number(nonzerosPerNeuron) > Number(inputDim)
        ? [{ path: ["nonzerosPerNeuron"], message: `must be at most inputDim = ${inputDim}, got ${nonzerosPerNeuron}` }]
        : [],
  },
);

type Teacher = OptionsOf<ReadonlyTree<z.output<typeof schema>>>;

interface Neuron {
  readonly coordinates: readonly number[];
  readonly weights: Float64Array;
  readonly output: number;
}

function drawTeacher(kernels: KernelFactory, seed: number, choice: Teacher): Neuron[] {
  const { inputDim, teacherWidth, nonzerosPerNeuron } = choice;
  const weights = drawNormal(kernels, { seed, stream: streams.teacher, count: teacherWidth * nonzerosPerNeuron });
  const coordinates = Array.from({ length: inputDim }, (_, k) => k);
  return Array.from({ length: teacherWidth }, (_, j) => ({
    coordinates: drawSubset(kernels, coordinates, { seed, stream: streams.teacherSupport + j, count: nonzerosPerNeuron }),
    weights: weights.slice(j * nonzerosPerNeuron, (j + 1) * nonzerosPerNeuron),
    output: j % 2 === 0 ? 1 : -1,
  }));
}

function teacherScore(teacher: readonly Neuron[], x: Float64Array): number {
  let score = 0;
  for (const { coordinates, weights, output } of teacher) {
    let z = 0;
    coordinates.forEach((k, i) => {
      z += weights[i]! * x[k]!;
    });
    if (z > 0) score += output * z;
  }
  return score;
}

/** Number of inputs drawn beyond those needed; where the teacher refuses more, twice as many, and so on. */
const spareSamples = 16;

/**
 * Draws the first `size` inputs of a stream whose teacher score is large enough. Numbers of a stream do not depend on how many are drawn, so trying more is
 * harmless.
 */
function bindSamples(kernels: KernelFactory, seed: number, size: number, teacher: readonly Neuron[], choice: Teacher): SampleDrawer {
  const { inputDim, minTeacherScore } = choice;
  const candidatesAtFirst = size + spareSamples;
  const bound = bindDraws(kernels, candidatesAtFirst * inputDim);
  return ({ inputs: stream }): LabelledData => {
    for (let candidates = candidatesAtFirst; candidates <= 64 * candidatesAtFirst; candidates *= 2) {
      const isFirst = candidates === candidatesAtFirst;
      const pool = isFirst ? bound.normal(seed, stream) : drawNormal(kernels, { seed, stream, count: candidates * inputDim });
      const inputs = new Float64Array(size * inputDim);
      const labels: number[] = [];
      for (let i = 0; i < candidates && labels.length < size; i++) {
        const x = pool.subarray(i * inputDim, (i + 1) * inputDim);
        const score = teacherScore(teacher, x);
        if (!(Math.abs(score) > minTeacherScore)) continue;
        inputs.set(x, labels.length * inputDim);
        labels.push(score > 0 ? 1 : -1);
      }
      if (labels.length === size) return { inputs, labels, inputDim };
    }
    throw DataError.at("dataset.minTeacherScore", `fewer than one sample in 64 has |teacher score| > ${minTeacherScore}`, {
      value: minTeacherScore,
      hint: "lower it: teacher weights are N(0, 1)",
    });
  };
}

/** Inputs from N(0, I), labels from the sign of a sparse ReLU teacher. */
export const teacherStudent = datasetMember({
  schema,
  title: "teacher and student",
  summary: "N(0, I) inputs labelled by the sign of a sparse ReLU teacher",
  examples: [
    { kind: "teacherStudent", inputDim: 128, teacherWidth: 16, nonzerosPerNeuron: 3, minTeacherScore: 0.1, trainSize: 50, testSize: 0 },
  ],
  sizes: ({ inputDim, teacherWidth, nonzerosPerNeuron, trainSize, testSize }) => ({
    trainSize,
    testSize,
    inputDim,
    isDense: true,
    drawBytes: 8 * (2 * (Math.max(trainSize, testSize) + spareSamples) * inputDim + 2 * teacherWidth * nonzerosPerNeuron + inputDim),
  }),
  files: () => [],
  ...generated((choice: Teacher) => (seed, kernels) => {
    const teacher = drawTeacher(kernels, seed, choice);
    return (count) => bindSamples(kernels, seed, count, teacher, choice);
  }),
});
