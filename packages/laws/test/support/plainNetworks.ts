import type { NetworkSubject } from "../../src/index.js";

/** f(x) = Σⱼ aⱼ max(wⱼ·x, 0) in plain JavaScript: θ = (w, a), 3 units, 2 inputs, 4 samples. */
const inputs = [
  [1, 2],
  [-1, 0.5],
  [0.25, -3],
  [-2, -1],
];
const units = 3;
const columns = 2;
const outputOffset = units * columns;

const preActivation = (theta: Float64Array, x: readonly number[], j: number): number =>
  theta[j * columns]! * x[0]! + theta[j * columns + 1]! * x[1]!;

export interface TwoLayerOptions {
  /** Derivative where the unit is inactive: 0 is right. */
  readonly leak?: number;
  readonly bias?: number;
  /** Added to the input of every hidden unit; the gradient ignores it. */
  readonly hiddenBias?: number;
  /** true: unit 0 is linear; the gradient ignores it. */
  readonly firstUnitLinear?: boolean;
}

export function twoLayer({ leak = 0, bias = 0, hiddenBias = 0, firstUnitLinear = false }: TwoLayerOptions = {}): NetworkSubject {
  const activation = (z: number, j: number): number => (firstUnitLinear && j === 0 ? z : Math.max(z + hiddenBias, 0));
  return {
    degree: 2,
    blocks: [
      { offset: 0, length: outputOffset, degree: 1 },
      { offset: outputOffset, length: units, degree: 1 },
    ],
    hiddenLayers: [{ units, incoming: { offset: 0, inputs: columns }, outgoing: { offset: outputOffset, outputs: 1 }, degree: 1 }],
    scores: (theta) =>
      Float64Array.from(inputs, (x) => {
        let score = bias;
        for (let j = 0; j < units; j++) score += theta[outputOffset + j]! * activation(preActivation(theta, x, j), j);
        return score;
      }),
    gradient: (theta, coefficients) => {
      const gradient = new Float64Array(theta.length);
      inputs.forEach((x, i) => {
        for (let j = 0; j < units; j++) {
          const z = preActivation(theta, x, j);
          const slope = coefficients[i]! * theta[outputOffset + j]! * (z > 0 ? 1 : leak);
          for (let k = 0; k < columns; k++) gradient[j * columns + k]! += slope * x[k]!;
          gradient[outputOffset + j]! += coefficients[i]! * Math.max(z, 0);
        }
      });
      return gradient;
    },
  };
}

/** f(x) = Σⱼ aⱼ max(wⱼ·x, 0)² with a frozen at 1, -1, 1: θ = w, degree 2. */
export const squaredFrozen: NetworkSubject = {
  degree: 2,
  blocks: [{ offset: 0, length: outputOffset, degree: 2 }],
  scores: (theta) =>
    Float64Array.from(inputs, (x) => [1, -1, 1].reduce((sum, a, j) => sum + a * Math.max(preActivation(theta, x, j), 0) ** 2, 0)),
  gradient: (theta, coefficients) => {
    const gradient = new Float64Array(theta.length);
    inputs.forEach((x, i) => {
      [1, -1, 1].forEach((a, j) => {
        const slope = coefficients[i]! * a * 2 * Math.max(preActivation(theta, x, j), 0);
        for (let k = 0; k < columns; k++) gradient[j * columns + k]! += slope * x[k]!;
      });
    });
    return gradient;
  },
};
