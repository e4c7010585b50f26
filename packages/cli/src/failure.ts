import { DefinitionError, isSteepestError } from "@steepest/core";
import { exhausted } from "@steepest/node";
import { exitCode, exitCodeOf } from "./exitCode.js";
import { commandHint, commandMessage } from "./hints.js";
import { jsonText } from "./jsonText.js";
import type { Problem } from "./problem.js";
import { UsageRefusal } from "./usageRefusal.js";

/** The end of a command that did not do what it was asked. */
export interface Failure {
  readonly exitCode: number;
  /** "DEFINITION", "USAGE", ...; "BUG" for an error that is none of ours. */
  readonly code: string;
  /** None where the text is on the screen already, such as a help. */
  readonly problems: readonly Problem[];
}

/** The failure that an error is. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageRefusal) {
    const { problem, isMistake } = error;
    return { exitCode: isMistake ? exitCode.usage : exitCode.done, code: "USAGE", problems: problem ? [problem] : [] };
  }
  const known = isSteepestError(error) ? error : exhausted("steepest", error);
  if (!known) {
    const message = `this is a bug of steepest: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { exitCode: exitCodeOf(error), code: "BUG", problems: [{ message }] };
  }
  const issues = known instanceof DefinitionError ? known.issues : [known];
  const problems = issues.map(({ message, path, hint }) => ({ message: commandMessage(message), path, hint: commandHint(hint) }));
  return { exitCode: exitCodeOf(known), code: known.code, problems };
}

/** The text of a failure for people, on stderr. */
export function failureText({ problems }: Failure): string {
  return problems.map(({ message, hint }) => `error ${message}\n${hint ? `hint: ${hint}\n` : ""}`).join("");
}

/** The document of a failure for machines, on stdout of a command that was asked for JSON. */
export function failureJson({ exitCode: exit, code, problems }: Failure): string {
  return `${jsonText({ error: { code, exitCode: exit, problems } })}\n`;
}
