import { createRequire } from "node:module";
import { Command, type CommanderError } from "commander";
import { certifyCommand } from "./commands/certify.js";
import { checkCommand } from "./commands/check.js";
import { completionCommand, completionServerCommand } from "./commands/completion.js";
import { diffCommand } from "./commands/diff.js";
import { doctorCommand } from "./commands/doctor.js";
import { exportCommand } from "./commands/export.js";
import { figureCommand } from "./commands/figure.js";
import { initCommand } from "./commands/init.js";
import { listCommand } from "./commands/list.js";
import { maxMarginCommand } from "./commands/maxmargin.js";
import { measureCommand } from "./commands/measure.js";
import { queryCommand } from "./commands/query.js";
import { reproduceCommand } from "./commands/reproduce.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { serveCommand } from "./commands/serve.js";
import { showCommand } from "./commands/show.js";
import { exitCode } from "./exitCode.js";
import { optionDescription } from "./help/optionDescription.js";
import { examplesOf, withExamples } from "./help/withExamples.js";
import { UsageRefusal } from "./usageRefusal.js";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };

/** The program with all its commands. */
export function commandLine(): Command {
  const program = withExamples(new Command("steepest"), "steepest reproduce teacher-student-small --quick", "steepest COMMAND --help")
    .description("The implicit bias of optimisers: margins in every norm, at any tiny loss")
    .version(version)
    .configureHelp({ optionDescription })
    .addHelpText(
      "after",
      `\nExit codes: ${Object.entries(exitCode)
        .map(([name, code]) => `${code} ${name}`)
        .join(", ")}`,
    );
  const versionCommand = withExamples(new Command("version"), "steepest version", "steepest --version")
    .description("the version, as --version")
    .action(() => {
      process.stdout.write(`${version}\n`);
    });
  const commands = [
    initCommand(),
    runCommand(),
    reproduceCommand(),
    listCommand(),
    showCommand(),
    diffCommand(),
    figureCommand(),
    exportCommand(),
    queryCommand(),
    schemaCommand(),
    checkCommand(),
    maxMarginCommand(),
    measureCommand(),
    certifyCommand(),
    serveCommand(),
    doctorCommand(version),
    completionCommand(),
    versionCommand,
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  program.addCommand(completionServerCommand(program), { hidden: true });
  for (const command of [program, ...program.commands]) {
    const examples = examplesOf(command);
    if (examples.length > 0) command.addHelpText("after", `\nExamples:\n  ${examples.join("\n  ")}`);
    const refuse = (error: CommanderError): never => {
      throw new UsageRefusal(error, command);
    };
    command.exitOverride(refuse).configureOutput({ outputError: () => {} });
  }
  return program;
}
