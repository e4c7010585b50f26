import type { TargetData } from "@steepest/core";
import { bindDraws, type Generator, type SamplePart } from "./generator.js";

/** Samples whose targets are linear in their inputs. */
export interface LinearTargets {
  readonly inputDim: number;
  readonly outputs: number;
  /** Standard deviation of the normal noise on targets of training samples. */
  readonly noise: number;
}

/**
 * Generates inputs from N(0, I) with targets W x + noise.
 *
 * @param teacherOf  the matrix W under a seed, f64[outputs][inputDim]
 * @param sizes      of inputs and targets, and the noise
 * @returns a generator; test samples have no noise
 */
export function linearTargets(
  teacherOf: (...seeded: Parameters<Generator>) => Float64Array,
  { inputDim, outputs, noise }: LinearTargets,
): Generator {
  return (seed, kernels) => {
    const teacher = teacherOf(seed, kernels);
    return (count) => {
      const draws = bindDraws(kernels, count * inputDim);
      const noises = bindDraws(kernels, count * outputs);
      return ({ inputs: inputStream, noise: noiseStream }: SamplePart): TargetData => {
        const inputs = draws.normal(seed, inputStream).slice();
        const targets = timesMatrix(teacher, inputs, { inputDim, outputs });
        if (noise > 0 && noiseStream !== undefined) {
          const drawn = noises.normal(seed, noiseStream);
          for (let k = 0; k < targets.length; k++) targets[k]! += noise * drawn[k]!;
        }
        return { inputs, targets, inputDim, outputs };
      };
    };
  };
}

/** W x of every sample, f64[samples][outputs]: each a sum in the order of the inputs. */
function timesMatrix(
  matrix: Float64Array,
  inputs: Float64Array,
  { inputDim, outputs }: Pick<LinearTargets, "inputDim" | "outputs">,
): Float64Array {
  const count = inputs.length / inputDim;
  const products = new Float64Array(count * outputs);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < outputs; j++) {
      let sum = 0;
      for (let k = 0; k < inputDim; k++) sum += matrix[j * inputDim + k]! * inputs[i * inputDim + k]!;
      products[i * outputs + j] = sum;
    }
  }
  return products;
}

/** Bytes that drawing so many samples takes: normals, inputs, noise and targets, and the matrix. */
export const linearTargetsBytes = (count: number, { inputDim, outputs }: Pick<LinearTargets, "inputDim" | "outputs">): number =>
  8 * (2 * count * (inputDim + outputs) + inputDim * outputs);
