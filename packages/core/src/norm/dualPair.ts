import type { Norm } from "./norm.js";

/**
 * Two norms as the duals of each other.
 *
 * @param primal  a norm but for its dual
 * @param dual    its dual but for the dual of that; the same object for a norm that is its own
 * @returns the first of them; `dual` of it is the second
 */
export function dualPair(primal: Omit<Norm, "dual">, dual: Omit<Norm, "dual">): Norm {
  const first: Norm = {
    ...primal,
    get dual() {
      return second;
    },
  };
  const second: Norm = dual === primal ? first : { ...dual, dual: first };
  return first;
}
