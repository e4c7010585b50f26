#!/usr/bin/env node
import { createRequire } from "node:module";
import { isSteepestError } from "@steepest/core";
import { Command, CommanderError } from "commander";
import { listCommand } from "./commands/list.js";
import { reproduceCommand } from "./commands/reproduce.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { exitCode, exitCodeOf } from "./exitCode.js";

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
  for (const command of [runCommand(), reproduceCommand(), listCommand(), schemaCommand()])
    program.addCommand(command.copyInheritedSettings(program));
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}

/** The only place where errors end. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
  if (isSteepestError(error)) {
    process.stderr.write(`error ${error.message}\n${error.hint ? `hint: ${error.hint}\n` : ""}`);
  } else {
    process.stderr.write(`error this is a bug of steepest: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return exitCodeOf(error);
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCode.done); // piped into head
  throw error;
});

try {
  await commandLine().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
