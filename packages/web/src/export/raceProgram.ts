import { pytorchProgram } from "@steepest/experiments";
import type { Laboratory } from "../lab/laboratory.js";
import { raceDefinition } from "./raceExport.js";
import { typescriptProgram } from "./typescriptProgram.js";

export type ProgramLanguage = "TypeScript" | "PyTorch";

/**
 * One arm of the race as a program of its own, with the race's data in it, and its initial weights where the program could not draw them: in PyTorch, and from a file.
 *
 * @throws DefinitionError  if something in it has no translation
 */
export function programText(language: ProgramLanguage, lab: Laboratory, arm: number): string {
  const definition = raceDefinition(lab);
  const { data, initialWeights } = lab.loaded.value!;
  const id = Object.keys(definition.arms)[arm]!;
  const program = language === "PyTorch" ? pytorchProgram : typescriptProgram;
  return program(definition, id, { seed: definition.seeds[0]!, data, initialWeights });
}
