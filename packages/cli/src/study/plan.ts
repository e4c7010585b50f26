import { DefinitionError } from "@steepest/core";
import { type ExperimentDefinition, type PlannedRun, runsOf } from "@steepest/experiments";

/** Each run has a folder of its own, and all of them are known before the first one starts. */
const mostRuns = 100_000;

/** The runs of a study, arm by arm. @throws DefinitionError  if they are too many, which is known before they are made */
export function planRuns(definition: ExperimentDefinition): PlannedRun[] {
  const [arms, seeds] = [Object.keys(definition.arms).length, definition.seeds.length];
  if (arms * seeds <= mostRuns) return runsOf(definition);
  throw new DefinitionError(`seeds: ${arms} arms under ${seeds} seeds are ${arms * seeds} runs, expected at most ${mostRuns}`, {
    path: "seeds",
    value: arms * seeds,
    hint: "give fewer seeds, or split the experiment: runs of one definition share a folder whichever command makes them",
  });
}
