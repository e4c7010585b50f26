import type { Argument, Command, Option } from "commander";
import { suggestionsOf } from "./suggested.js";

/** A word that can stand where the cursor is. */
export interface Candidate {
  readonly name: string;
  readonly description: string;
}

/**
 * The words that a command line can go on with.
 *
 * @param program  the program with its commands
 * @param before   the words before the cursor's, the program's name left out
 * @param current  the cursor's word as far as it is written, perhaps nothing
 * @returns words that begin with `current`, in the order of the help; "files" where names of files are meant
 */
export function candidates(program: Command, before: readonly string[], current: string): readonly Candidate[] | "files" {
  const at = place(program, before);
  const beginning = (found: readonly Candidate[]): readonly Candidate[] => found.filter(({ name }) => name.startsWith(current));
  if (at.pending) return wordsOrFiles(at.pending, beginning);
  const help = at.command.createHelp();
  if (current.startsWith("-") && !at.optionsEnded) {
    return beginning(
      help.visibleOptions(at.command).map((option) => ({ name: option.long ?? option.flags, description: option.description })),
    );
  }
  if (at.command === program) {
    return beginning(help.visibleCommands(program).map((command) => ({ name: command.name(), description: command.description() })));
  }
  const expected = at.command.registeredArguments;
  const argument = expected[at.given] ?? (expected.at(-1)?.variadic ? expected.at(-1) : undefined);
  return argument ? wordsOrFiles(argument, beginning) : [];
}

interface Place {
  readonly command: Command;
  /** Arguments of the command that are given. */
  readonly given: number;
  /** The option whose value comes next. */
  readonly pending: Option | undefined;
  /** true after "--". */
  readonly optionsEnded: boolean;
}

/** The place that the words lead to. */
function place(program: Command, words: readonly string[]): Place {
  let command = program;
  let given = 0;
  let pending: Option | undefined;
  let optionsEnded = false;
  for (const word of words) {
    if (pending) pending = undefined;
    else if (word === "--") optionsEnded = true;
    else if (word.startsWith("-") && !optionsEnded)
      pending = valued(command.options.find(({ long, short }) => word === long || word === short));
    else if (command === program) command = program.commands.find((each) => each.name() === word) ?? command;
    else given++;
  }
  return { command, given, pending, optionsEnded };
}

/** The option, if it wants a value. */
const valued = (option: Option | undefined): Option | undefined => (option && (option.required || option.optional) ? option : undefined);

/** The words that were said of a value, or files where nothing was said, or no word begins as the cursor's does. */
function wordsOrFiles(
  { argChoices, parseArg }: Pick<Option | Argument, "argChoices" | "parseArg">,
  beginning: (found: readonly Candidate[]) => readonly Candidate[],
): readonly Candidate[] | "files" {
  const words = beginning((argChoices ?? suggestionsOf(parseArg) ?? []).map((name) => ({ name, description: "" })));
  return words.length > 0 ? words : "files";
}
