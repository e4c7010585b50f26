import { jsonProgress } from "./json.js";
import { plainProgress } from "./plain.js";
import { failureText, type Progress, unkeptText } from "./progress.js";
import { terminalProgress } from "./terminal.js";

export const progressChoices = ["auto", "plain", "json", "none"] as const;
export type ProgressChoice = (typeof progressChoices)[number];

/** Progress that is not shown, except for runs that fail. */
const silent: Progress = {
  begin: () => {},
  remark: () => {},
  wait: () => {},
  start: () => {},
  resume: () => {},
  unkept: (run, error) => {
    process.stderr.write(`${unkeptText(run, error)}\n`);
  },
  row: () => {},
  step: () => {},
  warn: () => {},
  finish: () => {},
  fail: (run, error) => {
    process.stderr.write(`${failureText(run, error)}\n`);
  },
  end: () => {},
};

/** Progress goes to stderr; live lines on a terminal that knows its size, plain lines elsewhere. */
export function chooseProgress(choice: ProgressChoice): Progress {
  if (choice === "none") return silent;
  if (choice === "json") return jsonProgress(process.stderr);
  const { isTTY, columns, rows } = process.stderr;
  return choice === "auto" && isTTY && columns > 0 && rows > 0 ? terminalProgress(process.stderr) : plainProgress(process.stderr);
}
