import type { Command } from "commander";

const examples = new WeakMap<Command, readonly [string, string]>();

/** A command with two examples of its use, with which the program ends its help; the first stands in refusals of what the command was not given. */
export function withExamples(command: Command, first: string, second: string): Command {
  examples.set(command, [first, second]);
  return command;
}

/** The first example of a command, if it has any. */
export const exampleOf = (command: Command): string | undefined => examples.get(command)?.[0];

/** Both examples of a command, if it has any. */
export const examplesOf = (command: Command): readonly string[] => examples.get(command) ?? [];
