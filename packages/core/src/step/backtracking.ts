import { knownOptions } from "../check/knownKeys.js";
import { requireNonNegative, requirePositive } from "../check/require.js";
import { recorded } from "../recipe/recipe.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

export interface BacktrackingOptions {
  /** The first step, relative to ||θ||: 0.02 to 0.05. */
  readonly relativeSize: number;
  /** Share of its value by which the own soft margin may fall in a step. 0: never, which may stall at the kinks of ReLU networks; 1e-5 passes them. */
  readonly tolerance: number;
}

const grow = 1.2;
const shrink = 0.5;

/**
 * η_t = h ||θ_t|| in the own norm. A step after which the own soft margin has fallen, by more than the tolerance, or the risk has not fallen, is taken
 * back and h halves; every other one stands and h grows by 1.2. So the soft margin never falls, by construction, and h finds the largest steps for which
 * that is so. Before separation, where a negative soft margin would reward growing the norm, the risk alone decides. From θ = 0 it could make no step, and is
 *     refused.
 *
 * (That the risk falls is what ends a run at a kink: there the soft margin of steps near the resolution of θ rounds to the same number for ever.)
 * Source: ours.
 *
 * @param options  the first relative size, and the tolerated fall of the own soft margin
 * @returns a rule for optimisers with steps of length η, on the whole data
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function backtracking(options: BacktrackingOptions): StepRule {
  const { relativeSize, tolerance } = knownOptions("backtracking", options, { relativeSize: true, tolerance: true });
  requirePositive("step.relativeSize", relativeSize);
  requireNonNegative("step.tolerance", tolerance);
  return recorded("backtracking", [{ relativeSize, tolerance }], {
    id: "backtracking",
    appliesTo: "unit",
    needsWholeData: true,
    needsMargins: true,
    isRelative: true,
    remedy: { shorter: "a smaller relativeSize", longer: "a larger tolerance", steadier: "a smaller tolerance" },
    start: () => {
      const own = { h: relativeSize };
      return {
        carry: (carrier) => carrier.values(own),
        keepsSoftMargin: true,
        size: ({ normOfTheta }) => ({ size: own.h * normOfTheta(), logScale: 0 }),
        accepts: (before, after) => {
          const stands =
            after.logRisk < before.logRisk && (!before.separated || after.softMargin() >= before.softMargin() * (1 - tolerance));
          own.h *= stands ? grow : shrink;
          return stands;
        },
      };
    },
  });
}

export const backtrackingMember: StepRuleMember = { factory: "backtracking", make: backtracking, title: "backtracking" };
