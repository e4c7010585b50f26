import { knownOptions } from "../check/knownKeys.js";
import { requirePositive } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

/**
 * η_t = size.
 *
 * @param options  size > 0
 * @returns a rule for every optimiser
 * @throws DefinitionError  on an unknown option, or a size that is not positive
 */
export function constant(options: { readonly size: number }): StepRule {
  const { size } = knownOptions("constant", options, { size: true });
  requirePositive("step.size", size);
  return recorded("constant", [{ size }], {
    id: "constant",
    appliesTo: "any",
    largestSize: size,
    remedy: { shorter: "a smaller size", longer: "a larger size" },
    start: () => ({ carry: () => {}, size: () => ({ size, logScale: 0 }) }),
  });
}

export const constantMember: StepRuleMember = { factory: "constant", make: constant, title: "constant" };
