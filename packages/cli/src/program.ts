import { createRequire } from "node:module";
import { Command, type CommanderError } from "commander";
import { exitCode } from "./exitCode.js";
import { optionDescription } from "./help/optionDescription.js";
import { examplesOf, withExamples } from "./help/withExamples.js";
import { UsageRefusal } from "./usageRefusal.js";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };

/** The commands in the order of the help, each loaded where it is needed: a run loads no laws, and a table no certificates. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import("./commands/init.js")).initCommand(),
  run: async () => (await import("./commands/run.js")).runCommand(),
  reproduce: async () => (await import("./commands/reproduce.js")).reproduceCommand(),
  list: async () => (await import("./commands/list.js")).listCommand(),
  show: async () => (await import("./commands/show.js")).showCommand(),
  diff: async () => (await import("./commands/diff.js")).diffCommand(),
  figure: async () => (await import("./commands/figure.js")).figureCommand(),
  export: async () => (await import("./commands/export.js")).exportCommand(),
  query: async () => (await import("./commands/query.js")).queryCommand(),
  schema: async () => (await import("./commands/schema.js")).schemaCommand(),
  check: async () => (await import("./commands/check.js")).checkCommand(),
  maxmargin: async () => (await import("./commands/maxmargin.js")).maxMarginCommand(),
  measure: async () => (await import("./commands/measure.js")).measureCommand(),
  certify: async () => (await import("./commands/certify.js")).certifyCommand(),
  serve: async () => (await import("./commands/serve.js")).serveCommand(),
  doctor: async () => (await import("./commands/doctor.js")).doctorCommand(version),
  completion: async () => (await import("./commands/completion.js")).completionCommand(),
  version: async () => versionCommand(),
};

/** `steepest version`. */
function versionCommand(): Command {
  return withExamples(new Command("version"), "steepest version", "steepest --version")
    .description("the version, as --version")
    .action(() => {
      process.stdout.write(`${version}\n`);
    });
}

/** The program without commands. */
function bareProgram(): Command {
  return withExamples(new Command("steepest"), "steepest reproduce teacher-student-small --quick", "steepest COMMAND --help")
    .description("The implicit bias of optimisers: margins in every norm, at any tiny loss")
    .version(version)
    .configureHelp({ optionDescription })
    .addHelpText(
      "after",
      `\nExit codes: ${Object.entries(exitCode)
        .map(([name, code]) => `${code} ${name}`)
        .join(", ")}`,
    );
}

/** Ends the help of a command with its examples, and has its refusals thrown. */
function finish(command: Command): void {
  const examples = examplesOf(command);
  if (examples.length > 0) command.addHelpText("after", `\nExamples:\n  ${examples.join("\n  ")}`);
  const refuse = (error: CommanderError): never => {
    throw new UsageRefusal(error, command);
  };
  command.exitOverride(refuse).configureOutput({ outputError: () => {} });
}

/** The program with all its commands. */
export async function commandLine(): Promise<Command> {
  const program = bareProgram();
  for (const load of Object.values(commands)) program.addCommand((await load()).copyInheritedSettings(program));
  const { completionServerCommand } = await import("./commands/completion.js");
  program.addCommand(completionServerCommand(program), { hidden: true });
  for (const command of [program, ...program.commands]) finish(command);
  return program;
}

/**
 * The program with one command, which is loaded in a part of the time; what it refuses, the whole program must say, which knows the other commands.
 *
 * @returns undefined if there is no such command
 */
export async function commandLineOf(name: string): Promise<Command | undefined> {
  if (!Object.hasOwn(commands, name)) return undefined;
  const program = bareProgram();
  program.addCommand((await commands[name]!()).copyInheritedSettings(program));
  for (const command of [program, ...program.commands]) finish(command);
  return program;
}
