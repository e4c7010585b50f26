import { createRequire } from "node:module";
import { StorageError } from "@steepest/node";
import { Command, type CommanderError } from "commander";
import { certifyCommand } from "./commands/certify.js";
import { checkCommand } from "./commands/check.js";
import { listCommand } from "./commands/list.js";
import { maxMarginCommand } from "./commands/maxmargin.js";
import { reproduceCommand } from "./commands/reproduce.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { serveCommand } from "./commands/serve.js";
import { showCommand } from "./commands/show.js";
import { exitCode } from "./exitCode.js";
import { failureJson, failureOf, failureText } from "./failure.js";
import { wasAskedToEnd } from "./signals.js";
import { UsageRefusal } from "./usageRefusal.js";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };

function commandLine(): Command {
  const program = new Command("steepest")
    .description("The implicit bias of optimisers: margins in every norm, at any tiny loss")
    .version(version)
    .addHelpText(
      "after",
      `\nExit codes: ${Object.entries(exitCode)
        .map(([name, code]) => `${code} ${name}`)
        .join(", ")}`,
    );
  const versionCommand = new Command("version").description("the version, as --version").action(() => {
    process.stdout.write(`${version}\n`);
  });
  const commands = [
    runCommand(),
    reproduceCommand(),
    listCommand(),
    showCommand(),
    schemaCommand(),
    checkCommand(),
    maxMarginCommand(),
    certifyCommand(),
    serveCommand(),
    versionCommand,
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  for (const command of [program, ...program.commands]) {
    const refuse = (error: CommanderError): never => {
      throw new UsageRefusal(error, command);
    };
    command.exitOverride(refuse).configureOutput({ outputError: () => {} });
  }
  return program;
}

/** True if results were asked for as JSON: then an error is a JSON document too. */
const wantsJson = process.argv.includes("--json");

/** The only place where errors end. */
function report(error: unknown, { toStdout }: { readonly toStdout: boolean }): number {
  const failure = failureOf(error);
  if (wantsJson && toStdout && failure.problems.length > 0) process.stdout.write(failureJson(failure));
  process.stderr.write(failureText(failure));
  return failure.exitCode;
}

/** True for EPIPE, the reader of a pipe has gone, and EIO, the terminal was closed: the output has no reader any more, which stops nothing. */
const readerGone = ({ code }: NodeJS.ErrnoException): boolean => code === "EPIPE" || code === "EIO";

process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (!readerGone(error)) process.exit(exitCode.storage); // there is nowhere left to say why
});
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCode.done); // piped into head
  process.exit(
    report(new StorageError(`stdout: cannot be written: ${error.message}`, { value: error.code, cause: error }), { toStdout: false }),
  );
});

try {
  await commandLine().parseAsync();
} catch (error) {
  process.exitCode = report(error, { toStdout: true });
}
// Where Node ends by itself it gives signals back to the system before it is gone, and the second Ctrl-C of such a moment would kill it.
if (wasAskedToEnd()) process.stdout.write("", () => process.exit());
