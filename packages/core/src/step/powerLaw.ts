import { knownOptions } from "../check/knownKeys.js";
import { requireNonNegative, requirePositive } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

/**
 * η_t = size (t + 1)^-exponent.
 *
 * @param options  size > 0 and exponent >= 0
 * @returns a rule for every optimiser
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function powerLaw(options: { readonly size: number; readonly exponent: number }): StepRule {
  const { size, exponent } = knownOptions("powerLaw", options, { size: true, exponent: true });
  requirePositive("step.size", size);
  requireNonNegative("step.exponent", exponent);
  return recorded("powerLaw", [{ size, exponent }], {
    id: "powerLaw",
    appliesTo: "any",
    largestSize: size,
    remedy: { shorter: "a smaller size", longer: "a larger size or a smaller exponent" },
    start: () => ({
      carry: () => {},
      size: ({ kernels, step }) => ({ size: size * kernels.exp(-exponent * kernels.log(step + 1)), logScale: 0 }),
    }),
  });
}

export const powerLawMember: StepRuleMember = { factory: "powerLaw", make: powerLaw, title: "power law" };
