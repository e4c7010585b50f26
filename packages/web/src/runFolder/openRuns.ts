import { type Signal, signal } from "@preact/signals";
import { isSteepestError } from "@steepest/core";
import type { Problem } from "../engine/message.js";
import type { OpenedRun } from "./openedRun.js";
import { readRun } from "./readRun.js";
import { type RunFile, type RunFiles, runFilesAmong } from "./runFiles.js";
import { servedRunFiles, servedRuns } from "./servedRuns.js";

/** More lines than this could not be told apart in one chart. */
export const mostRuns = 6;

/** The run folders that were opened, to be looked at and compared. */
export class OpenRuns {
  readonly runs: Signal<readonly OpenedRun[]> = signal([]);
  readonly problems: Signal<readonly Problem[]> = signal([]);
  readonly busy: Signal<boolean> = signal(false);

  /** Opens every run folder among files that were chosen or dropped. */
  async openFiles(files: readonly RunFile[]): Promise<void> {
    const found = runFilesAmong(files);
    if (found.length === 0) {
      this.problems.value = [
        {
          message: `there is no run folder among ${files.length} files`,
          hint: "a run folder holds definition.json and rows.jsonl, as steepest run writes them",
        },
      ];
      return;
    }
    await this.#open(found);
  }

  /** Opens what `steepest serve` lists; a server of another kind lists nothing. */
  async openServed(): Promise<void> {
    const served = await servedRuns(document.baseURI);
    if (!served || served.runs.length === 0) {
      this.problems.value = [
        {
          message: served ? "this server has no runs" : "this page does not come from steepest serve",
          hint: served ? "steepest serve DIR shows the runs in DIR" : "run: steepest serve, or choose a folder",
        },
      ];
      return;
    }
    await this.#open(served.runs.map((run) => servedRunFiles(document.baseURI, run)));
  }

  close(run: OpenedRun): void {
    this.runs.value = this.runs.value.filter((other) => other !== run);
  }

  async #open(found: readonly RunFiles[]): Promise<void> {
    this.busy.value = true;
    const problems: Problem[] = [];
    const opened: OpenedRun[] = [];
    for (const files of found) {
      try {
        opened.push(await readRun(files));
      } catch (error) {
        if (!isSteepestError(error)) throw error;
        problems.push({ message: error.message, hint: error.hint });
      }
    }
    const known = this.runs.value.filter(({ path }) => !opened.some((run) => run.path === path));
    const all = [...known, ...opened];
    if (all.length > mostRuns) {
      problems.push({ message: `${all.length} runs were opened, the first ${mostRuns} are shown`, hint: "close some, then open others" });
    }
    this.runs.value = all.slice(0, mostRuns);
    this.problems.value = problems;
    this.busy.value = false;
  }
}
