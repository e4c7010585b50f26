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
  /** What the last opening found, to choose from where that is more than fits. */
  readonly offered: Signal<readonly RunFiles[]> = signal([]);
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

  /** One of those that are offered. */
  async openOffered(files: RunFiles): Promise<void> {
    await this.#read([files]);
  }

  close(run: OpenedRun): void {
    this.runs.value = this.runs.value.filter((other) => other !== run);
  }

  async #open(found: readonly RunFiles[]): Promise<void> {
    this.offered.value = found;
    await this.#read(found);
  }

  /** Reads as many as there is room for; those that are open already are read anew. */
  async #read(found: readonly RunFiles[]): Promise<void> {
    const kept = this.runs.value.filter(({ path }) => !found.some((files) => files.path === path));
    const room = mostRuns - kept.length;
    if (room === 0) {
      this.problems.value = [{ message: `${mostRuns} runs are open already`, hint: "close some, then open others" }];
      return;
    }
    this.busy.value = true;
    const problems: Problem[] = [];
    const opened: OpenedRun[] = [];
    for (const files of found) {
      if (opened.length === room) break;
      try {
        opened.push(await readRun(files));
      } catch (error) {
        if (!isSteepestError(error)) throw error;
        problems.push({ message: error.message, hint: error.hint });
      }
    }
    this.runs.value = [...kept, ...opened];
    this.problems.value = problems;
    this.busy.value = false;
  }
}
