import { knownOptions } from "../check/knownKeys.js";
import { linf } from "../norm/linfAndL1.js";
import { recorded } from "../recipe/recipe.js";
import type { OptimizerMember } from "./member.js";
import { momentumDescent } from "./momentumDescent.js";
import type { Optimizer } from "./optimizer.js";

/**
 * Sign descent along an average of gradients: θ ← θ - η sign(m), m ← μ m + (1 - μ) ∇R. Momentum 0 is sign descent, bit for bit.
 * Source: Bernstein et al., ICML 2018.
 *
 * @param options  momentum μ in [0, 1)
 * @returns an optimiser with own norm ℓ∞ and steps of length η
 * @throws DefinitionError  on an unknown option, or a momentum out of its range
 */
export function signum(options: { readonly momentum: number }): Optimizer {
  const { momentum } = knownOptions("signum", options, { momentum: true });
  return recorded("signum", [{ momentum }], { ...momentumDescent({ norm: linf, momentum, nesterov: false }), id: "signum" });
}

export const signumMember: OptimizerMember = {
  factory: "signum",
  make: signum,
  title: "Signum",
  examples: () => ({ signum: signum({ momentum: 0.9 }) }),
};
