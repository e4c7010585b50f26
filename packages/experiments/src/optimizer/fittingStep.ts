import { buildStepRule, type StepChoice, stepRules } from "../step/registry.js";
import { buildOptimizer, type OptimizerChoice, optimizerFacts } from "./registry.js";

/** The step rule that an optimiser starts with where it fits. */
export const firstStep: StepChoice = stepRules.marginPaced.examples[0];

/** The step rules in the order in which they are offered, each as it is when it is chosen: the first example. */
export const stepStarts: { readonly [R in StepChoice["rule"]]: Extract<StepChoice, { readonly rule: R }> } = Object.fromEntries(
  [...new Set([firstStep.rule, ...(Object.keys(stepRules) as StepChoice["rule"][])])].map((rule) => [rule, stepRules[rule].examples[0]]),
) as never;

/**
 * The step rules whose sizes have a meaning for the steps of an optimiser.
 *
 * @param optimizer  of a definition
 * @returns rules in the order of `stepStarts`
 * @throws DefinitionError  if core refuses the options of the optimiser
 */
export function rulesFor(optimizer: OptimizerChoice): StepChoice["rule"][] {
  const { lengthUnit } = buildOptimizer(optimizer);
  return (Object.keys(stepStarts) as StepChoice["rule"][]).filter((rule) => {
    const { appliesTo } = buildStepRule(stepStarts[rule]);
    return appliesTo === "any" || appliesTo === lengthUnit;
  });
}

/**
 * The step that an optimiser starts with.
 *
 * @param optimizer  of a definition
 * @param step       the step that is wanted
 * @returns that step if it makes sense for the optimiser, else one that does and with which it learns
 * @throws DefinitionError  if core refuses the options of the optimiser
 */
export function fittingStep(optimizer: OptimizerChoice, step: StepChoice): StepChoice {
  const rules = rulesFor(optimizer);
  if (rules.includes(step.rule)) return step;
  const { firstStep: first } = optimizerFacts(optimizer.kind);
  return first && rules.includes(first.rule) ? first : stepStarts[rules[0]!];
}
