import { networks as coreNetworks, type Network } from "@steepest/core";
import { build, type OneOf, oneOf, titled } from "../definition/choice.js";
import { linear } from "./linear.js";
import { mlp } from "./mlp.js";

/** Every network that a definition can name. Adding one: its file and a line here. */
export const networks = titled({ mlp, linear }, coreNetworks);

/** A network of a definition. */
export type NetworkChoice = OneOf<typeof networks>;

export const networkSchema = oneOf("kind", networks);

/** The network of core that a definition describes, on so many input columns. */
export function buildNetwork(choice: NetworkChoice, inputDim: number): Network {
  return build(networks, "kind", choice)(inputDim);
}
