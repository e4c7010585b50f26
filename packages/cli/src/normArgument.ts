import { plainJson } from "./definition/plainJson.js";

/**
 * A norm of the command line as the text that `normFromText` reads: "lp(3)", or the JSON of an expression, of which nothing is lost silently.
 *
 * @param text  what was given
 * @throws DefinitionError  if it begins as JSON and is none
 */
export function normArgument(text: string): string {
  return text.trimStart().startsWith("{") ? JSON.stringify(plainJson("--norm", text)) : text;
}
