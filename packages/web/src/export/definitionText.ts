import { canonicalJson } from "@steepest/core";
import type { ExperimentDefinition } from "@steepest/experiments";

/**
 * A definition as a file that `steepest run` takes: canonical JSON, one text per definition, with a line end.
 *
 * @throws DefinitionError  if it holds something that JSON cannot
 */
export function definitionText(definition: ExperimentDefinition): string {
  return `${canonicalJson(definition)}\n`;
}
