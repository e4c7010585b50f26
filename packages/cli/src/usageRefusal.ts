import type { Argument, Command, CommanderError } from "commander";
import { exampleOf } from "./help/withExamples.js";
import type { Problem } from "./problem.js";

/** The end of a command line that commander refuses, or answers by itself, such as with a help. */
export class UsageRefusal extends Error {
  /** The mistake; undefined where commander has put its answer on the screen already. */
  readonly problem: Problem | undefined;
  /** false: what was asked for was done, such as `--version`. */
  readonly isMistake: boolean;

  /**
   * @param refusal  commander's "error: ... (Did you mean run?)"
   * @param command  the command that it came from
   */
  constructor(refusal: CommanderError, command: Command) {
    super(refusal.message, { cause: refusal });
    this.isMistake = refusal.exitCode !== 0;
    this.problem = refusal.message.startsWith("error: ") ? problemOf(refusal, command) : undefined;
  }
}

/** Commander's message in the form of every other one: expected, got, what to do. */
function problemOf({ code, message }: CommanderError, command: Command): Problem {
  const [what = "", near] = message.slice("error: ".length).split(/\n\(Did you mean (.*)\?\)/);
  if (near !== undefined) return { message: what, hint: `did you mean ${near}?` };
  if (code === "commander.missingArgument") return missingArgument(what, command);
  if (code === "commander.optionMissingArgument") return missingValue(what, command);
  return { message: what, hint: hintOf(code, what, command) };
}

/** The refusal of a command without something that it needs. */
function missingArgument(what: string, command: Command): Problem {
  const argument = command.registeredArguments.find((each) => what.includes(`'${each.name()}'`))!;
  const example = exampleOf(command);
  return {
    message: `${command.name()}: expected ${placeOf(argument)}, got none`,
    hint: `${argument.name()}: ${argument.description}${example === undefined ? "" : `; e.g. ${example}`}`,
  };
}

const placeOf = (argument: Argument): string => `<${argument.name()}${argument.variadic ? "..." : ""}>`;

/** The refusal of an option whose value is not there. */
function missingValue(what: string, { options }: Command): Problem {
  const option = options.find(({ flags }) => what.includes(`'${flags}'`))!;
  return { message: `${option.long}: expected ${option.flags.replace(/^.*?(?=<)/, "")}, got none`, hint: option.description };
}

function hintOf(code: string, what: string, command: Command): string {
  const program = command.parent ?? command;
  if (code === "commander.excessArguments") return `usage: steepest ${command.name()} ${command.usage()}`;
  if (code === "commander.unknownCommand")
    return `commands: ${namesOf(
      program
        .createHelp()
        .visibleCommands(program)
        .filter((each) => program.commands.includes(each)),
    )}`;
  const [, flag] = /^unknown option '(--[\w-]+)/.exec(what) ?? [];
  const owners = program.commands.filter(({ options }) => options.some(({ long }) => long === flag));
  return owners.length > 0
    ? `${flag} is an option of steepest ${namesOf(owners)}`
    : "steepest COMMAND --help lists the options of a command";
}

const namesOf = (commands: readonly Command[]): string => commands.map((command) => command.name()).join(", ");
