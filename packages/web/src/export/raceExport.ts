import { canonicalJson } from "@steepest/core";
import { type ExperimentDefinition, isLabelled, type Recording, type RunRecord } from "@steepest/experiments";
import type { Laboratory } from "../lab/laboratory.js";
import { armNames, definitionOf } from "../setup/definition.js";
import { dataCsv } from "./dataCsv.js";

/**
 * The race for `steepest run`, which refuses samples that no network can separate unless it is told that they are wanted: the page races on them and says so.
 *
 * @throws DefinitionError, Error  if the race's file has not been dropped
 */
export function raceDefinition(lab: Laboratory): ExperimentDefinition {
  const setup = lab.resolved;
  if (!setup) throw new Error("drop the race's file on the page first");
  const definition = definitionOf(setup);
  const { dataset } = definition;
  if (lab.loaded.value?.contradictions === undefined || !isLabelled(dataset)) return definition;
  return { ...definition, dataset: { ...dataset, contradictions: "keep" } };
}

export const raceDefinitionText = (lab: Laboratory): string => `${JSON.stringify(raceDefinition(lab), null, 2)}\n`;

export interface Recorded extends Recording {
  readonly outcome: RunRecord["outcome"] | undefined;
}

/** Rows that the arms have recorded so far, by the arms' ids in the definition. */
export function recordings(lab: Laboratory): Recorded[] {
  const { seeds, arms } = raceDefinition(lab);
  return Object.keys(arms).map((arm, i) => {
    const { frames, outcome, perfectAccuracyStep, separationStep } = lab.histories[i]!;
    return { arm, seed: seeds[0]!, rows: frames.map(({ row }) => row), outcome, perfectAccuracyStep, separationStep };
  });
}

export async function raceCsv(lab: Laboratory): Promise<string> {
  const names = armNames(lab.setup.value.arms);
  const recorded = recordings(lab).map((recording, i) => ({ ...recording, optimizer: names[i]! }));
  const { rowsCsv } = await import("./rowsCsv.js"); // its writer of CSV is not small
  return rowsCsv(recorded);
}

/** The definition with what was recorded, as one canonical JSON document; numbers as in run folders: NaN, Infinity and -Infinity are strings. */
export const raceJson = (lab: Laboratory): string => `${canonicalJson({ definition: raceDefinition(lab), runs: recordings(lab) })}\n`;

/** The data of the race, drawn or generated, as a table to be dropped on the page again. @throws Error  if they are not loaded yet */
export function raceData(lab: Laboratory): Blob {
  const [setup, loaded] = [lab.resolved, lab.loaded.value];
  if (!setup || !loaded) throw new Error("the data are not there yet");
  return new Blob(dataCsv(loaded.data, "constant" in setup.data ? setup.data.constant : 0));
}
