import { type NormExpression, normOf } from "@steepest/core";

/**
 * A norm as a text that is read as the norm again.
 *
 * @param expression  a norm of a definition
 * @returns its id, without weights of 1
 * @throws DefinitionError  if the expression is no norm
 */
export function normText(expression: NormExpression): string {
  return normOf(expression).id.replace(/(?<=[(,])1\*/g, "");
}
