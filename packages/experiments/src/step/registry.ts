import { stepRules as coreStepRules, type StepRule } from "@steepest/core";
import { build, type OneOf, oneOf, titled } from "../definition/choice.js";
import { backtracking } from "./backtracking.js";
import { constant } from "./constant.js";
import { cosine } from "./cosine.js";
import { linearDecay } from "./linearDecay.js";
import { lineSearch } from "./lineSearch.js";
import { lossBased } from "./lossBased.js";
import { marginPaced } from "./marginPaced.js";
import type { StepFacts } from "./member.js";
import { powerLaw } from "./powerLaw.js";
import { warmUp } from "./warmUp.js";

/** Every step rule that a definition can name. Adding one: its file and a line here. */
export const stepRules = titled(
  {
    constant,
    powerLaw,
    lossBased,
    marginPaced,
    warmUp,
    cosine,
    linearDecay,
    backtracking,
    lineSearch,
  },
  coreStepRules,
);

/** A step rule of a definition. */
export type StepChoice = OneOf<typeof stepRules>;

export const stepSchema = oneOf("rule", stepRules).meta({ id: "step" });

/**
 * The step rule of core that a definition describes.
 *
 * @param choice  a step rule of a definition
 * @returns a new step rule
 * @throws DefinitionError  if core refuses its options
 */
export function buildStepRule(choice: StepChoice): StepRule {
  return build(stepRules, "rule", choice);
}

/**
 * The facts of a step rule for those who choose.
 *
 * @param rule  a step rule of definitions
 * @returns facts about choices of this rule
 */
export function stepFacts(rule: StepChoice["rule"]): StepFacts<StepChoice> {
  return stepRules[rule] as never;
}
