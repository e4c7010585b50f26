import { type DefinitionError, type DefinitionIssue, isSteepestError, type StopRule } from "@steepest/core";
import { refuseChanged } from "@steepest/core/internal";
import type { ArmDefinition } from "../definition/arm.js";
import type { ExperimentDefinition } from "../definition/definition.js";
import { parseDefinition } from "../definition/parse.js";

/** Everything that decides the rows of one arm under one seed, and nothing else; run folders are hashed by it. */
export interface RunDefinition extends Pick<ExperimentDefinition, "dataset" | "network" | "loss" | "record"> {
  readonly arm: Pick<ArmDefinition, "optimizer" | "step" | "phases" | "batch">;
  readonly stop: StopRule;
  readonly seed: number;
}

export interface PlannedRun {
  readonly arm: string;
  readonly seed: number;
  readonly run: RunDefinition;
}

/**
 * The runs of an experiment in a fixed order: arm by arm, seed by seed.
 *
 * @param definition  a complete definition
 * @returns one run for every arm and seed
 */
export function runsOf(definition: ExperimentDefinition): PlannedRun[] {
  const { dataset, network, loss, record, stop } = definition;
  return Object.entries(definition.arms).flatMap(([arm, choice]) =>
    definition.seeds.map((seed) => ({
      arm,
      seed,
      run: {
        dataset,
        network: choice.init ? { ...network, init: choice.init } : network,
        loss,
        record,
        arm: decisive(choice),
        stop: { ...stop, ...choice.stop },
        seed,
      },
    })),
  );
}

/** The part of an arm that decides its rows. Without phases or batch it has no such key, so that its hash is that of versions without them. */
function decisive({ optimizer, step, phases = [], batch }: ArmDefinition): RunDefinition["arm"] {
  return { optimizer, step, ...(phases.length > 0 && { phases }), ...(batch && { batch }) };
}

/**
 * The run that a definition.json of a run folder defines, checked as an experiment of one arm and one seed.
 *
 * @param path  path of the definition.json, for messages
 * @param json  its decoded content
 * @returns the definition of the run
 * @throws DataError  naming what is not as it should be
 */
export function parseRun(path: string, json: unknown): RunDefinition {
  const { dataset, network, loss, record, stop, seed, arm, ...others } = (json ?? {}) as RunDefinition;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) refuseChanged(path, `is not the definition of a run: unknown key "${unknown}"`, unknown);
  try {
    parseDefinition({
      id: "recorded",
      dataset,
      network,
      loss,
      arms: { only: arm },
      seeds: [seed],
      stop,
      record,
    });
  } catch (cause) {
    if (!isSteepestError(cause)) throw cause;
    const [first] = (cause as DefinitionError).issues as [DefinitionIssue];
    refuseChanged(path, `is not the definition of a run: ${first.message}`, first.value, cause);
  }
  return json as RunDefinition;
}
