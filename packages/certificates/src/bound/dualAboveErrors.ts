import type { BoundedNorm } from "./boundedNorm.js";

/**
 * An upper bound of ||r||_* for every r with |rⱼ| <= errorsⱼ. Norms of absolute values grow with these; sums of singular values may also grow with the signs of entries,
 * by √rank at most: Σσ(r) <= √rank ||r||₂ <= √rank ||errors||₂ <= √rank Σσ(errors).
 *
 * @param norm    the norm whose dual it is; a theorem where it is `isProven`
 * @param errors  f64[p], none negative
 * @returns a number that no such ||r||_* exceeds
 */
export function dualAboveErrors(norm: BoundedNorm, errors: Float64Array): number {
  const rank = norm.blocks.reduce((most, { rows, columns }) => Math.max(most, Math.min(rows, columns)), 1);
  return norm.dualUpper(errors) * (norm.norm.decomposes ? Math.sqrt(rank) * (1 + 2 ** -40) : 1);
}
