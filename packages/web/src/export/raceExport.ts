import type { ExperimentDefinition, RunRecord } from "@steepest/experiments";
import type { Laboratory } from "../lab/laboratory.js";
import { definitionOf } from "../setup/definition.js";
import { pytorchProgram } from "./pytorchProgram.js";
import { typescriptProgram } from "./typescriptProgram.js";

export type Program = "TypeScript" | "PyTorch";

/** @throws DefinitionError, Error  if the race's file has not been dropped */
export function raceDefinition(lab: Laboratory): ExperimentDefinition {
  const setup = lab.resolved;
  if (!setup) throw new Error("drop the race's file on the page first");
  return definitionOf(setup);
}

/** What every arm has recorded so far, by its id in the definition. */
export function raceRecords(lab: Laboratory): (Omit<RunRecord, "outcome"> & { readonly outcome: RunRecord["outcome"] | undefined })[] {
  const { seeds, arms } = raceDefinition(lab);
  return Object.keys(arms).map((arm, i) => {
    const { frames, outcome, perfectAccuracyStep, separationStep } = lab.histories[i]!;
    return { arm, seed: seeds[0]!, rows: frames.map(({ row }) => row), outcome, perfectAccuracyStep, separationStep };
  });
}
