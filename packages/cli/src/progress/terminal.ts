import { createLogUpdate } from "log-update";
import { wrapped } from "../lineWidth.js";
import { LiveRun } from "./liveRun.js";
import { failureText, outcomeText, type Progress, runLabel, waitText, warningText } from "./progress.js";

const redrawEveryMs = 120;

/** One live line per active run on a terminal, one lasting line per finished run. */
export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  const update = createLogUpdate(stream);
  const active = new Map<string, LiveRun>();
  let done = 0;
  let total = 0;
  let drawn = 0;

  const draw = (force: boolean): void => {
    const now = performance.now();
    if (!force && now - drawn < redrawEveryMs) return;
    drawn = now;
    const width = stream.columns - 1;
    const lines = [...active.values()].map((run) => run.text(now, width)).concat(`${done} of ${total} runs`);
    update(lines.join("\n"));
  };

  /** A line that stays, above the live ones. */
  const keep = (line: string): void => {
    update.clear();
    stream.write(
      `${line
        .split("\n")
        .map((part) => wrapped(part, stream.columns))
        .join("\n")}\n`,
    );
    draw(true);
  };

  return {
    begin: (counts) => {
      total = counts.total;
      done = counts.reused;
      if (counts.reused > 0) stream.write(`${counts.total} runs, ${counts.reused} complete already and reused\n`);
    },
    wait: (run, owner) => keep(waitText(run, owner)),
    start: (run) => {
      active.set(runLabel(run), new LiveRun(run, performance.now()));
      draw(true);
    },
    row: (run, row) => {
      active.get(runLabel(run))?.row(row);
      draw(false);
    },
    step: (run, step, logRisk) => {
      active.get(runLabel(run))?.at(step, logRisk);
      draw(false);
    },
    warn: (run, warning) => keep(warningText(run, warning)),
    finish: (run, outcome) => {
      active.delete(runLabel(run));
      done++;
      keep(`${runLabel(run)}  ${outcomeText(outcome)}`);
    },
    fail: (run, error) => {
      active.delete(runLabel(run));
      done++;
      keep(failureText(run, error));
    },
    end: () => {
      update.clear();
      update.done();
    },
  };
}
