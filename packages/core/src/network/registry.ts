import { layersMember } from "./layers.js";
import { linearMember } from "./linear.js";
import { mlpMember } from "./mlp.js";
import type { NetworkMember } from "./network.js";

export { type LayersOptions, layers } from "./layers.js";
export { type LinearOptions, linear } from "./linear.js";
export { type MlpOptions, mlp } from "./mlp.js";

const members = {
  mlp: mlpMember as NetworkMember,
  linear: linearMember as NetworkMember,
  layers: layersMember as NetworkMember,
};

export type NetworkId = keyof typeof members;

/** Every network by its kind. Adding one: its file and a line here. */
export const networks: Readonly<Record<NetworkId, NetworkMember>> = members;
