import { knownOptions } from "../check/knownKeys.js";
import { refuse } from "../check/require.js";
import type { Direction } from "./direction.js";
import type { DirectionExpression } from "./expression.js";
import { directionForms, directions } from "./registry.js";

/**
 * The direction of an expression.
 *
 * @param expression  "exact", "newtonSchulz", or an object of one of the `directionForms`
 * @param path        its place, for messages
 * @returns the direction
 * @throws DefinitionError  if the expression is none of these
 */
export function directionOf(expression: DirectionExpression, path: string = "direction"): Direction {
  const words = Object.keys(directions) as (keyof typeof directions)[];
  const word = words.find((name) => name === expression);
  if (word) return directions[word];
  const form = typeof expression === "object" && expression !== null ? directionForms.find(({ key }) => key in expression) : undefined;
  if (form) {
    const { [form.key]: value } = knownOptions(path, expression as Readonly<Record<string, unknown>>, { [form.key]: true });
    return form.build(value as never, (inner) => directionOf(inner, `${path}.${form.key}`));
  }
  return refuse(path, `one of ${words.join(", ")}, ${directionForms.map(({ key }) => `{ ${key} }`).join(", ")}`, expression);
}
