import { jsonProgress } from "./json.js";
import { plainProgress } from "./plain.js";
import type { Progress } from "./progress.js";
import { terminalProgress } from "./terminal.js";

export type ProgressChoice = "auto" | "plain" | "json" | "none";

const silent: Progress = { begin: () => {}, start: () => {}, row: () => {}, step: () => {}, finish: () => {}, end: () => {} };

/** Progress goes to stderr; live lines on a terminal, plain lines in a pipe. */
export function chooseProgress(choice: ProgressChoice): Progress {
  if (choice === "none") return silent;
  if (choice === "json") return jsonProgress(process.stderr);
  return choice === "auto" && process.stderr.isTTY ? terminalProgress(process.stderr) : plainProgress(process.stderr);
}
