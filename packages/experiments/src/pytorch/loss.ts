import { type Loss, losses } from "@steepest/core";
import type { LossChoice } from "../definition/loss.js";
import { untranslated } from "./untranslated.js";

/** The loss of a definition. @throws DefinitionError  if there is none of its name */
export const lossOf = ({ kind }: LossChoice): Loss => losses[kind] ?? untranslated("loss.kind", kind);

/**
 * The log risk of sample margins, or of scores, never the risk itself.
 *
 * @throws DefinitionError  if the loss has no translation, or none of its inverse where that is needed
 */
export function lossSource({ id, facts }: Loss, needsInverse: boolean): string {
  const { logRisk, inverse = undefined } = facts?.pytorch ?? untranslated("loss.kind", id);
  if (!needsInverse) return logRisk;
  return `${logRisk}\n\n\n${inverse ?? untranslated("loss.kind", id, "the step rule asks for soft margins, which this loss does not have")}`;
}
