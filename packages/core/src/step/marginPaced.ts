import { requirePositive } from "../require.js";
import type { StepRule } from "./stepRule.js";

/**
 * η_t = c / maxᵢ ||∇f(xᵢ; θ_t)||_*, over all samples, in the dual of the optimiser's own norm: no sample margin changes by more than about c in one
 * step, which is what following the steepest flow needs. c = 0.25 follows the flow, c = 1 is the fast setting on nets.
 */
export function marginPaced({ c }: { readonly c: number }): StepRule {
  requirePositive("step.c", c);
  return { id: "marginPaced", appliesTo: "unit", size: ({ maxSampleGradient }) => ({ size: c / maxSampleGradient(), logScale: 0 }) };
}
