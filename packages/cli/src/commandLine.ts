import { createRequire } from "node:module";
import { DefinitionError, isSteepestError } from "@steepest/core";
import { exhausted, StorageError } from "@steepest/node";
import { Command, CommanderError } from "commander";
import { checkCommand } from "./commands/check.js";
import { listCommand } from "./commands/list.js";
import { reproduceCommand } from "./commands/reproduce.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { serveCommand } from "./commands/serve.js";
import { showCommand } from "./commands/show.js";
import { exitCode, exitCodeOf } from "./exitCode.js";
import { commandHint, commandMessage } from "./hints.js";
import { wasAskedToEnd } from "./signals.js";

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
    serveCommand(),
    versionCommand,
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError: () => {} });
  return program;
}

/** Reports an error; the only place where errors end. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    process.stderr.write(usageText(error.message));
    return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  }
  const known = isSteepestError(error) ? error : exhausted("steepest", error);
  if (known) {
    const issues = known instanceof DefinitionError ? known.issues : [known];
    for (const { message, hint } of issues)
      process.stderr.write(`error ${commandMessage(message)}\n${hint ? `hint: ${commandHint(hint)}\n` : ""}`);
  } else {
    process.stderr.write(`error this is a bug of steepest: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return exitCodeOf(known ?? error);
}

/** Commander's "error: ... (Did you mean run?)" in the form of every other message; empty for its own output, such as the help. */
function usageText(message: string): string {
  if (!message.startsWith("error: ")) return "";
  const [what, near] = message.slice("error: ".length).split(/\n\(Did you mean (.*)\?\)/);
  return `error ${what}\n${near === undefined ? "" : `hint: did you mean ${near}?\n`}`;
}

/** True for EPIPE, the reader of a pipe has gone, and EIO, the terminal was closed: the output has no reader any more, which stops nothing. */
const readerGone = ({ code }: NodeJS.ErrnoException): boolean => code === "EPIPE" || code === "EIO";

process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (!readerGone(error)) process.exit(exitCode.storage); // there is nowhere left to say why
});
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCode.done); // piped into head
  process.exit(report(new StorageError(`stdout: cannot be written: ${error.message}`, { value: error.code, cause: error })));
});

try {
  await commandLine().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
// Where Node ends by itself it gives signals back to the system before it is gone, and the second Ctrl-C of such a moment would kill it.
if (wasAskedToEnd()) process.stdout.write("", () => process.exit());
