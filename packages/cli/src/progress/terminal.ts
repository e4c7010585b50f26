import { createLogUpdate } from "log-update";
import { wrapped } from "../lineWidth.js";
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

const redrawEveryMs = 120;

/** Lines of the active runs, which are redrawn, below lines that stay. */
class LiveLines {
  readonly active = new Map<string, LiveRun>();
  done = 0;
  total = 0;
  readonly #stream: NodeJS.WriteStream;
  readonly #update: ReturnType<typeof createLogUpdate>;
  #drawn = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#update = createLogUpdate(stream);
  }

  draw(force: boolean): void {
    const now = performance.now();
    if (!force && now - this.#drawn < redrawEveryMs) return;
    this.#drawn = now;
    const width = this.#stream.columns - 1;
    const room = Math.max(1, this.#stream.rows - 2); // beside the last line and the one of the cursor
    const runs = [...this.active.values()];
    const shown = runs.length <= room ? runs : runs.slice(0, room - 1);
    const hidden = runs.length - shown.length;
    const lines = [
      ...shown.map((run) => run.text(now, width)),
      ...(hidden > 0 ? [`and ${hidden} more under way`.slice(0, width)] : []),
      `${this.done} of ${this.total} runs`,
    ];
    this.#update(lines.join("\n"));
  }

  /** Writes lines that stay, above the live ones. */
  keep(text: string): void {
    this.#update.clear();
    const lines = text.split("\n").map((line) => wrapped(line, this.#stream.columns));
    this.#stream.write(`${lines.join("\n")}\n`);
    this.draw(true);
  }

  /** Takes the line of a run away, for a text that stays. */
  leave(label: string, text: string): void {
    this.active.delete(label);
    this.done++;
    this.keep(text);
  }

  end(): void {
    this.#update.clear();
    this.#update.done();
  }
}

/** One live line per active run on a terminal, as many as it has room for, and one lasting line per finished run. */
export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  const lines = new LiveLines(stream);
  const resumed = new Map<string, number>();
  return {
    begin: (counts) => {
      lines.total = counts.total;
      lines.done = counts.reused;
      if (counts.reused > 0) stream.write(`${counts.total} runs, ${counts.reused} complete already and reused\n`);
    },
    remark: (text) => lines.keep(remarkText(text)),
    wait: (run, owner) => lines.keep(waitText(run, owner)),
    resume: (run, step, folder) => {
      resumed.set(runLabel(run), step);
      lines.keep(resumeText(run, step, folder));
    },
    unkept: (run, error) => lines.keep(unkeptText(run, error)),
    start: (run) => {
      lines.active.set(runLabel(run), new LiveRun(run, resumed.get(runLabel(run))));
      lines.draw(true);
    },
    row: (run, row) => {
      lines.active.get(runLabel(run))?.row(row, performance.now());
      lines.draw(false);
    },
    step: (run, step, logRisk) => {
      lines.active.get(runLabel(run))?.at(step, logRisk, performance.now());
      lines.draw(false);
    },
    warn: (run, warning) => lines.keep(warningText(run, warning)),
    finish: (run, outcome) => lines.leave(runLabel(run), `${runLabel(run)}  ${outcomeText(outcome)}`),
    fail: (run, error) => lines.leave(runLabel(run), failureText(run, error)),
    end: () => lines.end(),
  };
}
