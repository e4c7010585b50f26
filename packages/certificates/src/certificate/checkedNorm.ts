/** Norms without a parameter that the checkers of this package know. */
const plain: readonly string[] = ["l1", "l2", "linf", "spectral", "nuclear"];

/**
 * Tells that the programs which check certificates without this package know a norm; those in others are no less theorems, but these programs reject them.
 *
 * @param id  the id of the norm, as certificates have it
 * @returns true if they do
 */
export function isCheckedNorm(id: string): boolean {
  if (plain.includes(id)) return true;
  const p = Number(/^lp\((.+)\)$/.exec(id)?.[1]);
  return p > 1 && p < Infinity;
}
