import { denseMember } from "./dense.js";
import type { LayerMember } from "./layer.js";

export { type DenseOptions, dense, type WeightOptions } from "./dense.js";

const members = {
  dense: denseMember as LayerMember,
};

export type LayerKind = keyof typeof members;

/** Every layer by its kind. Adding one: its file and a line here. */
export const layerKinds: Readonly<Record<LayerKind, LayerMember>> = members;
