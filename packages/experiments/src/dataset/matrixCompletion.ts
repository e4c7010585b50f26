import { drawNormal, drawSubset, streams, type TargetData } from "@steepest/core";
import { ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { matrixFields, spectralMatrix, tooManySingularValues } from "./spectralMatrix.js";
import { targetsBase } from "./targetsBase.js";

const schema = ruled(z.strictObject({ kind: z.literal("matrixCompletion"), ...matrixFields(), ...targetsBase(40) }), {
  problems: ({ rows, columns, singularValues, trainSize, testSize }) => [
    ...tooManySingularValues(singularValues, [rows, columns]),
    ...(Number(trainSize) + Number(testSize) > Number(rows) * Number(columns)
      ? [
          {
            path: [Number(testSize) > 0 ? "testSize" : "trainSize"],
            message: `must leave trainSize + testSize at most rows x columns = ${Number(rows) * Number(columns)}, got ${Number(trainSize) + Number(testSize)}`,
          },
        ]
      : []),
  ],
});

/** The entries at `places` of a matrix: for each the matrix with a 1 there and 0 elsewhere, and as its target the entry. */
function observed(matrix: Float64Array, places: readonly number[]): TargetData {
  const inputDim = matrix.length;
  const inputs = new Float64Array(places.length * inputDim);
  for (const [i, place] of places.entries()) inputs[i * inputDim + place] = 1;
  return { inputs, inputDim, targets: Float64Array.from(places, (place) => matrix[place]!), outputs: 1 };
}

/**
 * Entries M_ij of a matrix, each once: the test samples are other entries than the training samples. A sample enters as in `matrixSensing`.
 *
 * Source: Arora et al., NeurIPS 2019, arXiv:1905.13655.
 */
export const matrixCompletion = datasetMember({
  schema,
  title: "matrix completion",
  summary:
    "entries of a random matrix of given singular values, some for training and others for testing; a place enters as in matrixSensing",
  examples: [
    { kind: "matrixCompletion", rows: 10, columns: 10, singularValues: [10], noise: 0, trainSize: 50, testSize: 50 },
    { kind: "matrixCompletion", rows: 6, columns: 8, singularValues: [6, 3], noise: 0.1, trainSize: 30, testSize: 0 },
  ],
  sizes: ({ rows, columns, trainSize, testSize }) => ({
    trainSize,
    testSize,
    inputDim: rows * columns,
    image: { channels: rows, height: 1, width: columns },
    outputs: 1,
    isDense: false,
    drawBytes: 8 * (Math.max(trainSize, testSize) * (rows * columns + 2) + rows * columns),
  }),
  files: () => [],
  build: ({ noise, trainSize, testSize, ...size }) => {
    const places = Array.from({ length: size.rows * size.columns }, (_, k) => k);
    return async (seed, { kernels }) => {
      const matrix = spectralMatrix(kernels, seed, size);
      const drawn = drawSubset(kernels, places, { seed, stream: streams.selection, count: trainSize + testSize });
      const train = observed(matrix, drawn.slice(0, trainSize));
      if (noise > 0) {
        const noises = drawNormal(kernels, { seed, stream: streams.labelNoise, count: trainSize });
        for (let i = 0; i < trainSize; i++) train.targets[i]! += noise * noises[i]!;
      }
      return { train, test: testSize > 0 ? observed(matrix, drawn.slice(trainSize)) : undefined };
    };
  },
});
