import type { RankOneNorm } from "./norm.js";

/** The norm of a rank-one gradient from its blocks' products of row values, one per block. */
export function joined(rankOne: RankOneNorm, values: readonly number[]): number {
  if (rankOne.join) return rankOne.join(values);
  return rankOne.finish(values.reduce((total, value, block) => rankOne.combine(total, value, block), 0));
}
