import type { ExperimentDefinition } from "../definition/definition.js";
import { endsOf } from "./ends.js";
import { buildNetwork } from "./registry.js";

/** The words for an experiment of which the theorems about margins expect nothing. */
export const notExpected = "not expected: the network is not homogeneous";

/** The parts of a definition that say whether its network is homogeneous. */
export type NetworkOfDefinition = Pick<ExperimentDefinition, "network" | "dataset">;

/**
 * The homogeneity of an experiment's network in its trainable weights, which the theorems suppose.
 *
 * @param definition  its network and data set
 * @returns true if f(x; cθ) = c^L f(x; θ) for c > 0
 */
export function isHomogeneous(definition: NetworkOfDefinition): boolean {
  return buildNetwork(definition.network, endsOf(definition.dataset)).isHomogeneous ?? true;
}

/**
 * A sentence about the margins of an experiment whose network is not homogeneous, and why no theorem is checked.
 *
 * @param definition  its network and data set
 * @returns the sentence; undefined where the network is homogeneous
 */
export function homogeneityNote(definition: NetworkOfDefinition): string | undefined {
  const { isHomogeneous = true, degree } = buildNetwork(definition.network, endsOf(definition.dataset));
  if (isHomogeneous) return undefined;
  return `* the network is not homogeneous: margins are those of the degree of its limit, ${degree}, and nothing that the theorems say of homogeneous networks (which margin rises, that no soft margin falls, KKT points) is expected of it or checked`;
}
