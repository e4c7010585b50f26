import { nearest } from "@steepest/core/internal";

/**
 * A hint for a name that is not among the choices, if it is near one of them.
 *
 * @param name     the unknown name
 * @param choices  the known names
 * @returns a clause, or undefined
 */
export function didYouMean(name: string, choices: readonly string[]): string | undefined {
  const close = nearest(name, choices);
  return close === undefined ? undefined : `did you mean "${close}"?`;
}

/**
 * A hint for an unknown name: the nearest choice, or the list of all choices.
 *
 * @param name     the unknown name
 * @param choices  the known names
 * @returns a clause
 */
export function suggestion(name: string, choices: readonly string[]): string {
  return didYouMean(name, choices) ?? `known: ${choices.join(", ")}`;
}
