import { knownOptions } from "../check/knownKeys.js";
import { requireOneOf, requirePositive } from "../check/require.js";
import { DefinitionError } from "../error/errors.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

export interface MarginPacedOptions {
  readonly c: number;
  /**
   * "exact": η_t = c min(1 / maxᵢ ||∇f(xᵢ; θ_t)||_*, ||θ_t|| / (L - 1)) over the samples of the step and the weights that move. "bound":
   * η_t = c ||θ_t|| / (L max(1, -log R)), which costs nothing: it is about ten times the exact step (by Euler, maxᵢ ||∇fᵢ||_* >= L qᵢ / ||θ||), hence
   * c <= 0.1. From θ = 0 it could make no step, and is refused.
   */
  readonly gradients?: "exact" | "bound";
}

/** The largest c with `gradients: "bound"`. */
export const largestBoundedC = 0.1;

/** Below it every sample margin exceeds 1, with either loss. */
const pastStart = -2;

/**
 * The step that changes no sample margin of its samples by more than about c, measured in the optimiser's own norm: what following the steepest flow
 * needs. c = 0.25 follows the flow, c = 1 is the fast setting on nets.
 *
 * Hölder bounds the change by η maxᵢ ||∇fᵢ||_* as long as the gradients stay what they are. They are homogeneous of degree L - 1, so a step of
 * c ||θ|| / (L - 1) along θ multiplies them by at most (1 + c / (L - 1))^(L - 1) <= e^c. Without that second bound a small start, where gradients are
 * next to nothing, is left by a step that is longer than θ by orders of magnitude. It never binds once some |qᵢ| of the step exceeds 1, since
 * L |qᵢ| <= ||θ|| ||∇fᵢ||_*, and linear models, L = 1, need none. It looks at θ as a whole: layers that are smaller than the others by orders of
 * magnitude may still leap, and so may the single coordinate of an l1 step.
 *
 * @param options  c > 0, about the largest change of a sample margin in a step, and the bound of the gradients
 * @returns a rule for optimisers with steps of length η
 * @throws DefinitionError  on an unknown option, or a value out of its range
 * @example
 * marginPaced({ c: 0.25 })
 */
export function marginPaced(options: MarginPacedOptions): StepRule {
  const { c, gradients = "exact" } = knownOptions("marginPaced", options, { c: true, gradients: true });
  requirePositive("step.c", c);
  requireOneOf("step.gradients", gradients, ["exact", "bound"]);
  if (gradients === "bound" && c > largestBoundedC) {
    throw DefinitionError.at("step.c", `must be at most ${largestBoundedC} with gradients: "bound", got ${c}`, {
      value: c,
      hint: 'larger steps lose separation; set gradients: "exact" for c up to 1',
    });
  }
  return recorded("marginPaced", [{ c, gradients }], {
    id: "marginPaced",
    appliesTo: "unit",
    needsMargins: true,
    isRelative: gradients === "bound",
    remedy: { shorter: "a smaller c", longer: "a larger c" },
    start: () => ({
      carry: () => {},
      size: ({ maxSampleGradient, normOfTheta, normOfMoving, degree, logRiskOfSum }) => {
        if (gradients === "bound") return { size: (c * normOfTheta()) / (degree * Math.max(1, -logRiskOfSum)), logScale: 0 };
        const largest = maxSampleGradient();
        const mayLeap = degree > 1 && largest > 0 && !(logRiskOfSum < pastStart);
        const longest = mayLeap ? (c * normOfMoving()) / (degree - 1) : Infinity;
        return { size: Math.min(c / largest, longest), logScale: 0 };
      },
    }),
  });
}

export const marginPacedMember: StepRuleMember = { factory: "marginPaced", make: marginPaced, title: "margin-paced" };
