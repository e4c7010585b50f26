import type { OptionsOf } from "../definition/choice.js";
import { type ReadonlyTree, ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { generated } from "./generator.js";
import { linearTargets, linearTargetsBytes } from "./linearTargets.js";
import { matrixFields, spectralMatrix, tooManySingularValues } from "./spectralMatrix.js";
import { targetsBase } from "./targetsBase.js";

const schema = ruled(z.strictObject({ kind: z.literal("matrixSensing"), ...matrixFields(), ...targetsBase() }), {
  problems: ({ rows, columns, singularValues }) => tooManySingularValues(singularValues, [rows, columns]),
});

type Choice = OptionsOf<ReadonlyTree<z.output<typeof schema>>>;

/**
 * Measurements t = <A, M> + noise of a matrix M by matrices A of entries from N(0, 1).
 *
 * A sample is A as an image of a channel for each row of M, one pixel high and as wide as M. A convolution with filters of size 1 makes U A of it and the
 * dense layer at the end <V, U A> = <A, Uᵀ V>: a factorisation, deeper with more of them. The mean squared error on test samples estimates ‖Uᵀ V − M‖_F².
 * Source: Gunasekar et al., NeurIPS 2017, arXiv:1705.09280.
 */
export const matrixSensing = datasetMember({
  schema,
  title: "matrix sensing",
  summary: "Gaussian measurements <A, M> of a random matrix M of given singular values; A enters as an image with a channel per row",
  examples: [
    { kind: "matrixSensing", rows: 10, columns: 10, singularValues: [1], noise: 0, trainSize: 60, testSize: 200 },
    { kind: "matrixSensing", rows: 6, columns: 8, singularValues: [1, 0.5], noise: 0.1, trainSize: 30, testSize: 0 },
  ],
  sizes: ({ rows, columns, trainSize, testSize }) => ({
    trainSize,
    testSize,
    inputDim: rows * columns,
    image: { channels: rows, height: 1, width: columns },
    outputs: 1,
    isDense: true,
    drawBytes: linearTargetsBytes(Math.max(trainSize, testSize), { inputDim: rows * columns, outputs: 1 }),
  }),
  files: () => [],
  teacher: (choice) => (seed, kernels) => spectralMatrix(kernels, seed, choice),
  ...generated((choice: Choice) =>
    linearTargets((seed, kernels) => spectralMatrix(kernels, seed, choice), {
      inputDim: choice.rows * choice.columns,
      outputs: 1,
      noise: choice.noise,
    }),
  ),
});
