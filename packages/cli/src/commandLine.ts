import { StorageError } from "@steepest/node";
import { exitCode } from "./exitCode.js";
import { failureJson, failureOf, failureText } from "./failure.js";
import { commandLine, commandLineOf } from "./program.js";
import { wasAskedToEnd } from "./signals.js";
import { UsageRefusal } from "./usageRefusal.js";

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
  if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCode.done); // piped into head
  process.exit(
    report(new StorageError(`stdout: cannot be written: ${error.message}`, { value: error.code, cause: error }), { toStdout: false }),
  );
});

const called = process.argv[2];
const program = (called === undefined ? undefined : await commandLineOf(called)) ?? (await commandLine());
try {
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof UsageRefusal) || !error.isMistake) throw error;
    await (await commandLine()).parseAsync(); // which names the commands that have what was meant
  }
} catch (error) {
  process.exitCode = report(error, { toStdout: true });
}
// Where Node ends by itself it gives signals back to the system before it is gone, and the second Ctrl-C of such a moment would kill it.
if (wasAskedToEnd()) process.stdout.write("", () => process.exit());
