import { recorded } from "../recipe/recipe.js";
import { type ScheduleOptions, schedule } from "./schedule.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

/**
 * η_t falls linearly: with w steps of warm-up and T in all
 *
 *   t < w: size (t + 1) / w      w <= t < T: final + (size - final) (1 - (t - w) / (T - w))      t >= T: final
 *
 * Source: Defazio et al., arXiv:2310.07831, for the fall to 0.
 *
 * @param options  size > 0, steps >= 1, and unless 0 the final size, at most `size`, and the warm-up, shorter than the steps
 * @returns a rule for every optimiser
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function linearDecay(options: ScheduleOptions): StepRule {
  return recorded(
    "linearDecay",
    [options],
    schedule("linearDecay", options, (share) => 1 - share),
  );
}

export const linearDecayMember: StepRuleMember = { factory: "linearDecay", make: linearDecay, title: "linear decay" };
