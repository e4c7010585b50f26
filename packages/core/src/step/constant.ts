import { recorded } from "../recipe.js";
import { requirePositive } from "../require.js";
import type { StepRule } from "./stepRule.js";

/** η_t = size. */
export function constant({ size }: { readonly size: number }): StepRule {
  requirePositive("step.size", size);
  return recorded("constant", [{ size }], {
    id: "constant",
    appliesTo: "any",
    largestSize: size,
    remedy: { shorter: "a smaller size", longer: "a larger size" },
    start: () => ({ size: () => ({ size, logScale: 0 }) }),
  });
}
