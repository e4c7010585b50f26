import { refuseUnknownKeys } from "../check/knownKeys.js";
import { requireInteger } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import { mlp } from "./mlp.js";
import type { Network, NetworkMember } from "./network.js";

/**
 * The linear model <w, x>: an MLP of one layer, degree 1.
 *
 * @param options  the number of input columns
 * @returns a network with inputDim parameters
 * @throws DefinitionError  on an inputDim below 1
 */
export function linear(options: { readonly inputDim: number }): Network {
  refuseUnknownKeys("linear", options, { inputDim: true });
  requireInteger("inputDim", options.inputDim, 1);
  return recorded("linear", [options], { ...mlp({ widths: [options.inputDim, 1], activation: "identity" }), kind: "linear" });
}

export const linearMember: NetworkMember = { factory: "linear", make: linear, title: "linear model" };
