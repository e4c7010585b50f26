import { join } from "node:path";
import { type ExperimentDefinition, type PlannedRun, type Row, type RunEnd, type RunRecord, runsOf } from "@steepest/experiments";
import { describeEnvironment, hashOf, openRunFolder, type RunFolderWriter, readRunFolder, runJobs, runName } from "@steepest/node";
import { mnistFolder } from "../mnistFiles.js";
import type { Progress } from "../progress/progress.js";
import type { Job, JobMessage } from "./messages.js";
import { numericsVersion } from "./numericsVersion.js";

export interface StudyOptions {
  /** Folder that holds the studies. */
  readonly runs: string;
  readonly threads: number;
  /** Make complete runs again. */
  readonly fresh: boolean;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface StudyRun extends RunRecord, RunEnd {
  /** The run folder. */
  readonly path: string;
  /** SHA-256 of its rows. */
  readonly resultHash: string;
  /** Taken from an earlier complete run of the same definition and numerics version. */
  readonly reused: boolean;
}

interface Placed extends PlannedRun {
  readonly name: string;
  readonly path: string;
}

/**
 * Runs every arm and seed of an experiment on worker threads and keeps each in its run folder. Rows do not depend on the number of threads.
 *
 * @throws DefinitionError, DataError, StorageError, RunOwnedError, InterruptedError
 */
export async function runStudy(definition: ExperimentDefinition, options: StudyOptions): Promise<StudyRun[]> {
  const { runs, threads, fresh, progress, signal } = options;
  const numerics = numericsVersion();
  const environment = { ...(await describeEnvironment()), numerics };
  const placed = runsOf(definition).map((planned): Placed => {
    const name = runName({ arm: planned.arm, seed: planned.seed, hash: hashOf({ run: planned.run, numerics }) });
    return { ...planned, name, path: join(runs, definition.id, name) };
  });
  const found = new Map(placed.map((run) => [run.name, fresh ? undefined : reuse(run)]));
  const missing = placed.filter(({ name }) => !found.get(name));

  progress.begin({ total: placed.length, reused: placed.length - missing.length });
  const open = new Map<number, { readonly writer: RunFolderWriter; readonly rows: Row[] }>();
  const onMessage = (index: number, message: JobMessage): void => {
    const run = missing[index]!;
    if (message.kind === "start") {
      const writer = openRunFolder(runs, { study: definition.id, name: run.name, definition: run.run, environment, fresh });
      open.set(index, { writer, rows: [] });
      progress.start(run);
      return;
    }
    const { writer, rows } = open.get(index)!;
    if (message.kind === "row") {
      writer.appendRow(message.row);
      rows.push(message.row);
      progress.row(run, message.row);
    } else if (message.kind === "progress") {
      progress.step(run, message.step, message.logRisk);
    } else if (message.kind === "warning") {
      progress.warn(run, message);
    } else {
      const resultHash = writer.complete(message.end);
      found.set(run.name, { arm: run.arm, seed: run.seed, rows, ...message.end, path: run.path, resultHash, reused: false });
      progress.finish(run, message.end.outcome);
    }
  };
  try {
    const jobs = missing.map(({ run }): Job => ({ run, mnistFolder: mnistFolder() }));
    if (jobs.length > 0) {
      await runJobs<Job, void, JobMessage>({ worker: new URL("./worker.js", import.meta.url), jobs, threads, onMessage, signal });
    }
  } finally {
    for (const { writer } of open.values()) writer.abandon();
    progress.end();
  }
  return placed.map(({ name }) => found.get(name)!);
}

function reuse({ arm, seed, path }: Placed): StudyRun | undefined {
  const folder = readRunFolder(path);
  if (!folder) return undefined;
  const { outcome, perfectAccuracyStep, separationStep, warnings } = folder.outcome as RunEnd; // of this numerics version, hence of this form
  const rows = folder.rows as unknown as Row[];
  return { arm, seed, rows, outcome, perfectAccuracyStep, separationStep, warnings, path, resultHash: folder.resultHash, reused: true };
}
