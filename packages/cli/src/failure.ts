import { DefinitionError, isSteepestError } from "@steepest/core";
import { exhausted } from "@steepest/node";
import { type Command, CommanderError } from "commander";
import { exitCode, exitCodeOf } from "./exitCode.js";
import { commandHint, commandMessage } from "./hints.js";
import { jsonText } from "./jsonText.js";

/** One thing that a command refuses or that went wrong, for people and for machines. */
interface Problem {
  readonly message: string;
  readonly path?: string | undefined;
  readonly hint?: string | undefined;
}

/** The end of a command that did not do what it was asked. */
export interface Failure {
  readonly exitCode: number;
  /** "DEFINITION", "USAGE", ...; "BUG" for an error that is none of ours. */
  readonly code: string;
  /** None where the text is on the screen already, such as a help. */
  readonly problems: readonly Problem[];
}

/** The failure that an error is. */
export function failureOf(error: unknown, program: Command): Failure {
  if (error instanceof CommanderError) {
    return { exitCode: error.exitCode === 0 ? exitCode.done : exitCode.usage, code: "USAGE", problems: usageProblems(error, program) };
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

/** Commander's "error: ... (Did you mean run?)" in the form of every other message; nothing for what it shows by itself, such as the help. */
function usageProblems({ message }: CommanderError, program: Command): Problem[] {
  if (!message.startsWith("error: ")) return [];
  const [what = "", near] = message.slice("error: ".length).split(/\n\(Did you mean (.*)\?\)/);
  return [{ message: what, hint: near === undefined ? optionHint(what, program) : `did you mean ${near}?` }];
}

/** A hint about an option that other commands have. */
function optionHint(message: string, program: Command): string | undefined {
  const [, flag] = /^unknown option '(--[\w-]+)/.exec(message) ?? [];
  if (flag === undefined) return message.startsWith("unknown command") ? `commands: ${namesOf(program.commands)}` : undefined;
  const owners = program.commands.filter(({ options }) => options.some(({ long }) => long === flag));
  return owners.length > 0
    ? `${flag} is an option of steepest ${namesOf(owners)}`
    : "steepest COMMAND --help lists the options of a command";
}

const namesOf = (commands: readonly Command[]): string => commands.map((command) => command.name()).join(", ");
