import { LiveRun } from "./liveRun.js";
import {
  failureText,
  outcomeText,
  type Progress,
  remarkText,
  resumeText,
  runLabel,
  unkeptText,
  waitText,
  warningText,
} from "./progress.js";

const speakEveryMs = 10_000;

/** First power of two that gets a line. */
const firstStep = 1024;

/** Lines for a pipe or a log file, no cursor movement: at powers of two of the step, after ten silent seconds, and when a run ends. */
export function plainProgress(stream: NodeJS.WritableStream): Progress {
  const active = new Map<string, { readonly live: LiveRun; spoken: number; nextPower: number }>();
  const resumed = new Map<string, number>();
  const say = (line: string): void => {
    stream.write(`${line}\n`);
  };
  const consider = (label: string): void => {
    const entry = active.get(label);
    if (!entry) return;
    const now = performance.now();
    const { step } = entry.live;
    if (step < entry.nextPower && now - entry.spoken < speakEveryMs) return;
    while (entry.nextPower <= step) entry.nextPower *= 2;
    entry.spoken = now;
    say(entry.live.text(now));
  };
  return {
    begin: ({ total, reused }) => {
      const runs = total === 1 ? "1 run" : `${total} runs`;
      say(reused > 0 ? `${runs}, ${reused} complete already and reused` : runs);
    },
    remark: (text) => say(remarkText(text)),
    wait: (run, owner) => say(waitText(run, owner)),
    resume: (run, step, folder) => {
      resumed.set(runLabel(run), step);
      say(resumeText(run, step, folder));
    },
    unkept: (run, error) => say(unkeptText(run, error)),
    start: (run) => {
      const now = performance.now();
      active.set(runLabel(run), { live: new LiveRun(run, resumed.get(runLabel(run))), spoken: now, nextPower: firstStep });
    },
    row: (run, row) => {
      active.get(runLabel(run))?.live.row(row, performance.now());
      consider(runLabel(run));
    },
    step: (run, step, logRisk) => {
      active.get(runLabel(run))?.live.at(step, logRisk, performance.now());
      consider(runLabel(run));
    },
    warn: (run, warning) => say(warningText(run, warning)),
    finish: (run, outcome) => {
      active.delete(runLabel(run));
      say(`${runLabel(run)}  ${outcomeText(outcome)}`);
    },
    fail: (run, error) => {
      active.delete(runLabel(run));
      say(failureText(run, error));
    },
    end: () => {},
  };
}
