import { type Signal, signal } from "@preact/signals";
import { isSteepestError } from "@steepest/core";
import type { Problem } from "../engine/message.js";
import type { OpenedRun } from "./readRun.js";
import { readRun } from "./readRun.js";
import { type RunFile, type RunFiles, runFilesAmong } from "./runFiles.js";
import { servedRunFiles, servedRuns } from "./servedRuns.js";

/** Most runs that are open: more lines could not be told apart in one chart. */
export const mostRuns = 6;

/** The run folders that were opened, to be looked at and compared. */
export class OpenRuns {
  readonly runs: Signal<readonly OpenedRun[]> = signal([]);
  /** The runs that the last opening found, to choose from if they are more than fit. */
  readonly offered: Signal<readonly RunFiles[]> = signal([]);
  readonly problems: Signal<readonly Problem[]> = signal([]);
  readonly busy: Signal<boolean> = signal(false);
  #works = 0;

  /** Opens every run folder among files that were chosen or dropped. */
  async openFiles(files: readonly RunFile[]): Promise<void> {
    await this.#working(async () => {
      const found = runFilesAmong(files);
      if (found.length > 0) {
        this.offered.value = found;
        return this.#read(found);
      }
      const hint = "a run folder holds definition.json and rows.jsonl, as steepest run writes them";
      return [{ message: `there is no run folder among ${files.length} files`, hint }];
    });
  }

  /** Opens the runs that `steepest serve` lists; a server of another kind lists none. */
  async openServed(): Promise<void> {
    await this.#working(async () => {
      const served = await servedRuns(document.baseURI);
      if (served && served.length > 0) {
        this.offered.value = served.map((run) => servedRunFiles(document.baseURI, run));
        return this.#read(this.offered.value);
      }
      const message = served ? "this server has no runs" : "this page does not come from steepest serve";
      return [{ message, hint: served ? "steepest serve DIR shows the runs in DIR" : "run: steepest serve, or choose a folder" }];
    });
  }

  /** Opens one of the offered runs. */
  async openOffered(files: RunFiles): Promise<void> {
    await this.#working(() => this.#read([files]));
  }

  close(run: OpenedRun): void {
    this.runs.value = this.runs.value.filter((other) => other !== run);
  }

  /** Shows that the page is busy until the work is done; errors are shown. */
  async #working(work: () => Promise<readonly Problem[]>): Promise<void> {
    this.problems.value = [];
    this.#works++;
    this.busy.value = true;
    try {
      const problems = await work();
      this.problems.value = [...this.problems.value, ...problems];
    } catch (error) {
      this.problems.value = [...this.problems.value, problemOf(error)];
    } finally {
      this.#works--;
      this.busy.value = this.#works > 0;
    }
  }

  /** Reads as many as there is room for; those that are open already are read anew. Meanwhile others may be opened, and any be closed. */
  async #read(found: readonly RunFiles[]): Promise<readonly Problem[]> {
    const before = this.runs.value;
    const room = mostRuns - without(before, found).length;
    if (room === 0) return [full];
    const problems: Problem[] = [];
    const opened: OpenedRun[] = [];
    for (const files of found) {
      if (opened.length === room) break;
      try {
        opened.push(await readRun(files));
      } catch (error) {
        problems.push(problemOf(error));
      }
    }
    const now = this.runs.value;
    const arrived = without(opened, without(before, now)); // not those that were closed
    const kept = without(now, found);
    this.runs.value = [...kept, ...arrived].slice(0, mostRuns);
    return kept.length + arrived.length > mostRuns ? [...problems, full] : problems;
  }
}

interface Located {
  readonly path: string;
}

const without = <T extends Located>(runs: readonly T[], others: readonly Located[]): T[] =>
  runs.filter(({ path }) => !others.some((other) => other.path === path));

const full: Problem = { message: `${mostRuns} runs are open already`, hint: "close some, then open others" };

/** The problem of an error. @throws the error, unless it is a Steepest error */
function problemOf(error: unknown): Problem {
  if (!isSteepestError(error)) throw error;
  return { message: error.message, hint: error.hint };
}
