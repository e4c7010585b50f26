import type { Atoms } from "../atoms/atoms.js";
import type { BoundedNorm } from "./boundedNorm.js";

/** minₖ ⟨Zₖ, θ⟩ / ||θ|| in plain arithmetic: the lower bound of θ but for rounding. */
export function marginOf(atoms: Atoms, norm: BoundedNorm, theta: Float64Array): number {
  const products = new Float64Array(atoms.count);
  atoms.times(theta, products);
  return products.reduce((least, value) => Math.min(least, value), Infinity) / norm.value(theta);
}

/** ||Σ λₖ Zₖ||_* / Σ λₖ in plain arithmetic: the upper bound of λ but for rounding. */
export function combinationOf(atoms: Atoms, norm: BoundedNorm, lambda: Float64Array): number {
  const sum = new Float64Array(atoms.size);
  atoms.combine(lambda, sum);
  return norm.dualValue(sum) / lambda.reduce((total, value) => total + value, 0);
}
