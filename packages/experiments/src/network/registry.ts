import { networks as coreNetworks, type Network } from "@steepest/core";
import { build, type OneOf, oneOf, titled } from "../definition/choice.js";
import { linear } from "./linear.js";
import type { NetworkSamples } from "./member.js";
import { mlp } from "./mlp.js";

/** Every network that a definition can name. Adding one: its file and a line here. */
export const networks = titled({ mlp, linear }, coreNetworks);

/** A network of a definition. */
export type NetworkChoice = OneOf<typeof networks>;

export const networkSchema = oneOf("kind", networks);

/**
 * The network of core that a definition describes.
 *
 * @throws DefinitionError  if it cannot be built for such samples
 */
export function buildNetwork(choice: NetworkChoice, samples: NetworkSamples): Network {
  return build(networks, "kind", choice)(samples);
}
