import { pytorchProgram } from "@steepest/experiments";
import type { Laboratory } from "../lab/laboratory.js";
import { raceDefinition } from "./raceExport.js";
import { typescriptProgram } from "./typescriptProgram.js";

export type ProgramLanguage = "TypeScript" | "PyTorch";

/**
 * One arm of the race as a program of its own, with the race's data in it, and in PyTorch its initial weights.
 *
 * @throws DefinitionError  if something in it has no translation
 */
export function programText(language: ProgramLanguage, lab: Laboratory, arm: number): string {
  const definition = raceDefinition(lab);
  const { data, initialWeights } = lab.loaded.value!;
  const options = { seed: definition.seeds[0]!, data };
  const id = Object.keys(definition.arms)[arm]!;
  return language === "PyTorch"
    ? pytorchProgram(definition, id, { ...options, initialWeights })
    : typescriptProgram(definition, id, { ...options, initialWeights });
}
