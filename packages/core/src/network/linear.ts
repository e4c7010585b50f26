import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireInteger } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import { mlp } from "./mlp.js";
import type { Network, NetworkMember } from "./network.js";

/**
 * The linear model Wx: an MLP of one layer, degree 1. With one output <w, x>, with C the scores of C classes.
 *
 * @param options  the number of input columns, and of outputs (default 1)
 * @returns a network with outputs x inputDim parameters
 * @throws DefinitionError  on a number below 1
 */
export function linear(options: { readonly inputDim: number; readonly outputs?: number }): Network {
  refuseUnknownKeys("linear", options, { inputDim: true, outputs: true });
  const { inputDim, outputs = 1 } = options;
  requireInteger("inputDim", inputDim, 1);
  requireInteger("outputs", outputs, 1);
  return recorded("linear", [options], { ...mlp({ widths: [inputDim, outputs], activation: "identity" }), kind: "linear" });
}

export const linearMember: NetworkMember = { factory: "linear", make: linear, title: "linear model" };
