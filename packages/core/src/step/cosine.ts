import { cosPi } from "../number/cosPi.js";
import { recorded } from "../recipe/recipe.js";
import { type ScheduleOptions, schedule } from "./schedule.js";
import type { StepRule, StepRuleMember } from "./stepRule.js";

/**
 * η_t falls along half a cosine: with w steps of warm-up and T in all
 *
 *   t < w: size (t + 1) / w      w <= t < T: final + (size - final) (1 + cos(π (t - w) / (T - w))) / 2      t >= T: final
 *
 * Source: Loshchilov & Hutter, ICLR 2017, without restarts.
 *
 * @param options  size > 0, steps >= 1, and unless 0 the final size, at most `size`, and the warm-up, shorter than the steps
 * @returns a rule for every optimiser
 * @throws DefinitionError  on an unknown option, or a value out of its range
 */
export function cosine(options: ScheduleOptions): StepRule {
  return recorded(
    "cosine",
    [options],
    schedule("cosine", options, (share) => (1 + cosPi(share)) / 2),
  );
}

export const cosineMember: StepRuleMember = { factory: "cosine", make: cosine, title: "cosine" };
