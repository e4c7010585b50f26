import { ruled, z } from "../definition/schema.js";
import { datasetMember } from "./dataset.js";
import { matrixFields, spectralMatrix, tooManySingularValues } from "./spectralMatrix.js";

const schema = ruled(z.strictObject({ kind: z.literal("matrixFactorization"), ...matrixFields() }), {
  problems: ({ rows, columns, singularValues }) => tooManySingularValues(singularValues, [rows, columns]),
});

/**
 * The factorisation of a matrix M by a deep linear network: sample k is the unit vector e_k, its targets are column k of M. The risk is ½ ‖W_L ⋯ W_1 − M‖_F².
 *
 * Source: Saxe, McClelland and Ganguli, ICLR 2014, arXiv:1312.6120.
 */
export const matrixFactorization = datasetMember({
  schema,
  title: "matrix factorisation",
  summary: "the columns of a random matrix of given singular values, as targets of the unit vectors: what a deep linear network factorises",
  examples: [
    { kind: "matrixFactorization", rows: 10, columns: 10, singularValues: [3, 2, 1] },
    { kind: "matrixFactorization", rows: 4, columns: 6, singularValues: [1] },
  ],
  sizes: ({ rows, columns }) => ({
    trainSize: columns,
    testSize: 0,
    inputDim: columns,
    outputs: rows,
    isDense: false, // a sample has one entry
    drawBytes: 8 * columns * (columns + 2 * rows),
  }),
  files: () => [],
  teacher: (choice) => (seed, kernels) => spectralMatrix(kernels, seed, choice),
  build:
    (choice) =>
    async (seed, { kernels }) => {
      const { rows, columns } = choice;
      const matrix = spectralMatrix(kernels, seed, choice);
      const inputs = new Float64Array(columns * columns);
      const targets = new Float64Array(columns * rows);
      for (let k = 0; k < columns; k++) {
        inputs[k * columns + k] = 1;
        for (let i = 0; i < rows; i++) targets[k * rows + i] = matrix[i * columns + k]!;
      }
      return { train: { inputs, inputDim: columns, targets, outputs: rows }, test: undefined };
    },
});
