import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireBoolean, requireInteger } from "../check/require.js";
import { dense } from "../layer/dense.js";
import { recorded } from "../recipe/recipe.js";
import { layers } from "./layers.js";
import { mlp } from "./mlp.js";
import type { Network, NetworkMember } from "./network.js";

export interface LinearOptions {
  /** Input columns. */
  readonly inputDim: number;
  /** Scores per sample. Default 1. */
  readonly outputs?: number;
  /** true: adds a bias per output, homogeneous together with W. Default false. */
  readonly bias?: boolean;
}

/**
 * The linear model Wx, or Wx + b: an MLP of one layer, degree 1. With one output <w, x>, with C the scores of C classes.
 *
 * @param options  the number of input columns, of outputs, and whether there is a bias
 * @returns a network with outputs x inputDim parameters, and as many biases as outputs where there are any
 * @throws DefinitionError  on a number below 1, or an unknown option
 */
export function linear(options: LinearOptions): Network {
  refuseUnknownKeys("linear", options, { inputDim: true, outputs: true, bias: true });
  const { inputDim, outputs = 1, bias = false } = options;
  requireInteger("inputDim", inputDim, 1);
  requireInteger("outputs", outputs, 1);
  requireBoolean("bias", bias);
  const model = bias
    ? layers({ input: inputDim, layers: [dense({ units: outputs, bias })] })
    : mlp({ widths: [inputDim, outputs], activation: "identity" });
  return recorded("linear", [options], { ...model, kind: "linear" });
}

export const linearMember: NetworkMember = { factory: "linear", make: linear, title: "linear model" };
