import type { Command } from "commander";

const examples = new WeakMap<Command, string>();

/** A command with an example of its use, which stands below its help and in refusals of what it was not given. */
export function withExample(command: Command, example: string): Command {
  examples.set(command, example);
  return command.addHelpText("after", `\nExample: ${example}`);
}

/** The example of a command, if it has one. */
export const exampleOf = (command: Command): string | undefined => examples.get(command);
