import { DefinitionError } from "../errors.js";
import { recorded } from "../recipe.js";
import { requireOneOf, requirePositive } from "../require.js";
import type { StepRule } from "./stepRule.js";

export interface MarginPacedOptions {
  readonly c: number;
  /**
   * "exact": η_t = c / maxᵢ ||∇f(xᵢ; θ_t)||_* over all samples, or those of the mini-batch. "bound": η_t = c ||θ_t|| / (L max(1, -log R)), which costs
   * nothing: it is about ten times the exact step (by Euler, maxᵢ ||∇fᵢ||_* >= L qᵢ / ||θ||), hence c <= 0.1.
   */
  readonly gradients?: "exact" | "bound";
}

const largestBoundedC = 0.1;

/**
 * The step that changes no sample margin by more than about c, measured in the optimiser's own norm: what following the steepest flow needs. c = 0.25
 * follows the flow, c = 1 is the fast setting on nets.
 */
export function marginPaced({ c, gradients = "exact" }: MarginPacedOptions): StepRule {
  requirePositive("step.c", c);
  requireOneOf("step.gradients", gradients, ["exact", "bound"]);
  if (gradients === "bound" && c > largestBoundedC) {
    throw new DefinitionError(`step.c: must be at most ${largestBoundedC} with gradients: "bound", got ${c}`, {
      path: "step.c",
      value: c,
      hint: 'larger steps lose separation; set gradients: "exact" for c up to 1',
    });
  }
  return recorded("marginPaced", [{ c, gradients }], {
    id: "marginPaced",
    appliesTo: "unit",
    start: () => ({
      size: ({ maxSampleGradient, normOfTheta, degree, logRiskOfSum }) =>
        gradients === "exact"
          ? { size: c / maxSampleGradient(), logScale: 0 }
          : { size: (c * normOfTheta()) / (degree * Math.max(1, -logRiskOfSum)), logScale: 0 },
    }),
  });
}
