import { knownOptions } from "../check/knownKeys.js";
import { requireFraction, requirePositive } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

export interface LineSearchOptions {
  /** The first size that is tried. */
  readonly size: number;
  /** σ in (0, 1): the share of the slope that the log risk must fall by; 1e-4 is common. */
  readonly sufficientDecrease: number;
}

/**
 * Backtracking line search on the log risk: the first of η₀, η₀ / 2, η₀ / 4, ... with
 *
 *   log R(θ + η d) <= log R(θ) - σ η ||ghat||_*
 *
 * for a normalised steepest direction d; η₀ is `size` at first, then twice the step before. Meant for the steps before separation; on sign and coordinate
 *     descent it may stall at kinks.
 * Source: Armijo, 1966.
 *
 * @param options  the first size, and σ in (0, 1)
 * @returns a rule for optimisers with steps of length η, on the whole data
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function lineSearch(options: LineSearchOptions): StepRule {
  const { size, sufficientDecrease } = knownOptions("lineSearch", options, { size: true, sufficientDecrease: true });
  requirePositive("step.size", size);
  requireFraction("step.sufficientDecrease", sufficientDecrease);
  return recorded("lineSearch", [{ size, sufficientDecrease }], {
    id: "lineSearch",
    appliesTo: "unit",
    needsWholeData: true,
    remedy: { shorter: "backtracking", longer: "a smaller sufficientDecrease", steadier: "marginPaced steps" }, // its size is only the first that is tried
    start: () => {
      const own = { eta: size };
      let slope = Number.NaN;
      return {
        carry: (carrier) => carrier.values(own),
        size: ({ dualNormOfGhat }) => {
          slope = dualNormOfGhat();
          return { size: own.eta, logScale: 0 };
        },
        accepts: (before, after) => {
          const stands = after.logRisk <= before.logRisk - sufficientDecrease * own.eta * slope;
          own.eta *= stands ? 2 : 0.5;
          return stands;
        },
      };
    },
  });
}

export const lineSearchMember: StepRuleMember = { factory: "lineSearch", make: lineSearch, title: "line search" };
