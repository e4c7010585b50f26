import { knownOptions } from "../check/knownKeys.js";
import { requireInteger, requirePositive } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

/**
 * η_t = size min(1, (t + 1) / steps): grows linearly to `size`, then stays.
 *
 * @param options  size > 0 and the number of steps >= 1
 * @returns a rule for every optimiser
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function warmUp(options: { readonly size: number; readonly steps: number }): StepRule {
  const { size, steps } = knownOptions("warmUp", options, { size: true, steps: true });
  requirePositive("step.size", size);
  requireInteger("step.steps", steps, 1);
  return recorded("warmUp", [{ size, steps }], {
    id: "warmUp",
    appliesTo: "any",
    largestSize: size,
    remedy: { shorter: "a smaller size", longer: "a larger size" },
    start: () => ({ carry: () => {}, size: ({ step }) => ({ size: size * Math.min(1, (step + 1) / steps), logScale: 0 }) }),
  });
}

export const warmUpMember: StepRuleMember = { factory: "warmUp", make: warmUp, title: "warm-up" };
