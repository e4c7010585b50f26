import { networks as coreNetworks, type Network } from "@steepest/core";
import { build, type OneOf, oneOf, titled } from "../definition/choice.js";
import { layers } from "./layers.js";
import { linear } from "./linear.js";
import type { NetworkEnds } from "./member.js";
import { mlp } from "./mlp.js";

/** Every network that a definition can name. Adding one: its file and a line here. */
export const networks = titled({ mlp, linear, layers }, coreNetworks);

/** A network of a definition. */
export type NetworkChoice = OneOf<typeof networks>;

export const networkSchema = oneOf("kind", networks);

/** The network of core that a definition describes, between the ends that its data has. */
export function buildNetwork(choice: NetworkChoice, ends: NetworkEnds): Network {
  return build(networks, "kind", choice)(ends);
}
