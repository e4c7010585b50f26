import { losses } from "@steepest/core";
import type { LossChoice } from "../definition/loss.js";
import { untranslated } from "./untranslated.js";

/**
 * The log risk of sample margins, never the risk itself.
 *
 * @throws DefinitionError  if the loss has no translation
 */
export function lossSource({ kind }: LossChoice, needsInverse: boolean): string {
  const { logRisk, inverse } = losses[kind]?.facts?.pytorch ?? untranslated("loss.kind", kind);
  return needsInverse ? `${logRisk}\n\n\n${inverse}` : logRisk;
}
