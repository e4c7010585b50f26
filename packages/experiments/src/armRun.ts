import { DefinitionError } from "@steepest/core";
import type { ExperimentDefinition } from "./definition/definition.js";
import { suggestion } from "./definition/nearest.js";
import { type PlannedRun, runsOf } from "./record/definition.js";

/**
 * The run of one arm of an experiment under a seed.
 *
 * @param definition  the experiment
 * @param arm         name of the arm
 * @param seed        an integer >= 0; it need not be one of the definition's
 * @returns the run with its arm and seed
 * @throws DefinitionError  if there is no such arm
 */
export function armRun(definition: ExperimentDefinition, arm: string, seed: number): PlannedRun {
  const found = runsOf({ ...definition, seeds: [seed] }).find((planned) => planned.arm === arm);
  if (found) return found;
  throw DefinitionError.at("arms", `there is no arm "${arm}"`, { value: arm, hint: suggestion(arm, Object.keys(definition.arms)) });
}
