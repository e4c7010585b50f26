import { averagePoolMember } from "./averagePool.js";
import { branchesMember } from "./branches.js";
import { conv2dMember } from "./conv2d.js";
import { denseMember } from "./dense.js";
import { diagonalMember } from "./diagonal.js";
import { flattenMember } from "./flatten.js";
import { globalPoolMember } from "./globalPool.js";
import type { LayerMember } from "./layer.js";
import { maxoutMember } from "./maxout.js";
import { maxPoolMember } from "./maxPool.js";

export { averagePool } from "./averagePool.js";
export { type BranchesOptions, branches } from "./branches.js";
export { type Conv2dOptions, conv2d } from "./conv2d.js";
export { type DenseOptions, dense } from "./dense.js";
export { diagonal } from "./diagonal.js";
export { flatten } from "./flatten.js";
export { type GlobalPoolOptions, globalPool } from "./globalPool.js";
export { type MaxoutOptions, maxout } from "./maxout.js";
export { maxPool } from "./maxPool.js";
export type { PoolOptions } from "./pool.js";
export type { WeightOptions } from "./weightOptions.js";

const members = {
  dense: denseMember as LayerMember,
  conv2d: conv2dMember as LayerMember,
  maxPool: maxPoolMember as LayerMember,
  averagePool: averagePoolMember as LayerMember,
  globalPool: globalPoolMember as LayerMember,
  flatten: flattenMember as LayerMember,
  diagonal: diagonalMember as LayerMember,
  maxout: maxoutMember as LayerMember,
  branches: branchesMember as LayerMember,
};

export type LayerKind = keyof typeof members;

/** Every layer by its kind. Adding one: its file and a line here. */
export const layerKinds: Readonly<Record<LayerKind, LayerMember>> = members;
