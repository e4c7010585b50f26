import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { canonicalJson, isSteepestError, type SteepestError } from "@steepest/core";
import { unpackError } from "@steepest/core/internal";
import {
  type ExperimentDefinition,
  type PlannedRun,
  parseRows,
  type Row,
  type RunFailure,
  type RunState,
  runHash,
  runsOf,
  type SaveRule,
} from "@steepest/experiments";
import {
  describeEnvironment,
  JobPool,
  makeFolder,
  openRunFolder,
  type RunFolderWriter,
  runName,
  textHash,
  tidyRunFolder,
} from "@steepest/node";
import { dataFolders } from "../imageFiles.js";
import { type Progress, runLabel } from "../progress/progress.js";
import { bestSoFar, copiedWeights, missingWeights, type SavedWeights, weightsBytes, weightsName } from "../save/weightsFile.js";
import { beginningOf, beginningsOf } from "./beginnings.js";
import { remarksOn, type SeedIdentity, seedIdentities } from "./identities.js";
import type { Job, JobMessage, TrainJob } from "./messages.js";
import { namingModules } from "./moduleCrash.js";
import { numericsVersion } from "./numericsVersion.js";
import { type PlacedRun, recordedRun } from "./recordedRun.js";
import { checkpointOf, runStateOf } from "./runCheckpoint.js";
import type { StudyRun } from "./studyRun.js";

export interface StudyOptions {
  /** Folder that holds the studies. */
  readonly runs: string;
  /** Folder that paths in the definition start from. */
  readonly base: string;
  readonly threads: number;
  /** Make complete runs again. */
  readonly fresh: boolean;
  readonly progress: Progress;
  /** Seconds from one checkpoint of a run to the next; Infinity: none is kept, not even at the end. */
  readonly checkpoint: number;
  /** The weights that are saved of every run. */
  readonly save: readonly SaveRule[];
  readonly signal: AbortSignal;
}

/** A run that ended with an error of its own: the others went on. */
export interface StudyFailure extends RunFailure {
  readonly error: SteepestError;
}

export interface Study {
  /** Runs in the order of the definition: arm by arm, seed by seed. */
  readonly runs: readonly StudyRun[];
  readonly failures: readonly StudyFailure[];
  /** Sentences on what one may not expect of the data. */
  readonly remarks: readonly string[];
}

/** Errors of the machine, or of our installation, which every other run would meet too. */
const sharedErrors: readonly string[] = ["RESOURCE", "KERNEL_LOAD"];

/** Time that runs have to give a last state when the study is ended. */
const patienceMilliseconds = 10_000;

/** Runs that are looked at between two turns of the event loop, at which signals are heard. */
const runsPerTurn = 64;

/**
 * Runs every arm and seed of an experiment on worker threads and keeps each in its run folder. Rows do not depend on the number of threads. A run that
 * fails is told of, and the others go on; what all of them share, such as missing data, ends the study at once.
 *
 * @throws DefinitionError, DataError, StorageError, ResourceError, KernelLoadError, InterruptedError
 */
export async function runStudy(definition: ExperimentDefinition, options: StudyOptions): Promise<Study> {
  const planned = runsOf(definition);
  makeFolder(join(options.runs, definition.id));
  const pool = new JobPool({ worker: new URL("./worker.js", import.meta.url), threads: options.threads });
  try {
    const study = new StudyUnderWay(definition, options, pool);
    const identities = await seedIdentities(definition, pool, dataFolders(definition.dataset, options.base), options.signal);
    const remarks = remarksOn(identities);
    await study.run(await place(planned, definition, options, identities), remarks);
    return { ...study.result(planned), remarks };
  } finally {
    await pool.close();
  }
}

/** Names every run by all that decides its rows; a run whose data cannot be drawn gets an error instead. */
async function place(
  planned: readonly PlannedRun[],
  definition: ExperimentDefinition,
  options: StudyOptions,
  identities: ReadonlyMap<number, SeedIdentity>,
): Promise<(PlacedRun | StudyFailure)[]> {
  const { runs, signal } = options;
  const environment = { ...(await describeEnvironment()), numerics: numericsVersion() };
  return inTurns(planned, signal, (run) => {
    const data = identities.get(run.seed)!;
    if ("error" in data) return failureOf(run, data.error);
    const { numerics } = environment;
    const name = runName({ ...run, hash: runHash({ run: run.run, numerics, data: data.identity }, textHash) });
    return {
      ...run,
      name,
      path: join(runs, definition.id, name),
      environment: { ...environment, data: data.identity },
      data: data.identity,
    };
  });
}

async function inTurns<A, B>(items: readonly A[], signal: AbortSignal, action: (item: A) => B): Promise<B[]> {
  const results: B[] = [];
  for (const item of items) {
    results.push(action(item));
    if (results.length % runsPerTurn > 0) continue;
    await setImmediate();
    signal.throwIfAborted();
  }
  return results;
}

interface OpenRun {
  readonly writer: RunFolderWriter;
  readonly rows: Row[];
}

class StudyUnderWay {
  readonly #definition: ExperimentDefinition;
  readonly #options: StudyOptions;
  readonly #pool: JobPool;
  readonly #runs = new Map<string, StudyRun>();
  readonly #failures = new Map<string, StudyFailure>();
  readonly #open = new Map<string, OpenRun>();
  /** Complete runs that lack weights which are to be saved. */
  readonly #again = new Set<string>();

  constructor(definition: ExperimentDefinition, options: StudyOptions, pool: JobPool) {
    this.#definition = definition;
    this.#options = options;
    this.#pool = pool;
  }

  /** The study, its runs in the order of the plan. */
  result(planned: readonly PlannedRun[]): Omit<Study, "remarks"> {
    const inOrder = <T>(found: ReadonlyMap<string, T>): T[] => planned.flatMap((run) => found.get(runLabel(run)) ?? []);
    return { runs: inOrder(this.#runs), failures: inOrder(this.#failures) };
  }

  /** Reuses complete runs and makes the others, seed by seed: the arms of a seed share the drawn data. */
  async run(placed: readonly (PlacedRun | StudyFailure)[], remarks: readonly string[]): Promise<void> {
    const { fresh, progress, signal } = this.#options;
    const missing: PlacedRun[] = [];
    const failed: StudyFailure[] = [];
    await inTurns(placed, signal, (run) => {
      if ("error" in run) failed.push(run);
      else
        try {
          if (fresh || !this.#reuse(run)) missing.push(run);
        } catch (error) {
          failed.push(failureOf(run, error));
        }
    });
    progress.begin({ total: placed.length, reused: this.#runs.size });
    for (const remark of remarks) progress.remark(remark);
    for (const failure of failed) this.#note(failure);
    const rank = new Map(this.#definition.seeds.map((seed, i) => [seed, i]));
    const jobs = missing.sort((a, b) => rank.get(a.seed)! - rank.get(b.seed)!);
    try {
      if (jobs.length > 0) await this.#train(jobs);
    } finally {
      for (const { writer } of this.#open.values()) writer.abandon();
      progress.end();
    }
  }

  async #train(missing: readonly PlacedRun[]): Promise<void> {
    const folders = dataFolders(this.#definition.dataset, this.#options.base);
    const { signal, checkpoint, save } = this.#options;
    const keepEvery = checkpoint === Number.POSITIVE_INFINITY ? undefined : checkpoint;
    const jobs = missing.map(({ run, data }): TrainJob => ({ kind: "train", run, data, folders, keepEvery, save }));
    await this.#pool.run<Job, undefined, JobMessage>({
      jobs,
      signal,
      patience: patienceMilliseconds,
      admit: async (index) => {
        const begun = await this.#begin(missing[index]!);
        if (begun?.from) jobs[index] = { ...jobs[index]!, ...begun };
        return begun !== undefined;
      },
      onMessage: (index, message) => this.#receive(missing[index]!, message),
      onFailure: (index, error) => this.#fail(missing[index]!, error),
    });
  }

  /** Opens the folder of a run, where it goes on if it can. @returns undefined if another process has completed the run meanwhile */
  async #begin(run: PlacedRun): Promise<Pick<TrainJob, "from" | "best"> | undefined> {
    const { runs, fresh, progress, save, signal } = this.#options;
    const { name, environment } = run;
    let from: RunState | undefined;
    let best: TrainJob["best"];
    try {
      const writer = await openRunFolder(runs, {
        study: this.#definition.id,
        name,
        definition: run.run,
        environment,
        fresh: fresh || this.#again.has(runLabel(run)),
        resume: beginningsOf(run, { fresh, save }),
        signal,
        onWait: (owner) => progress.wait(run, owner),
      });
      const { resumed, refused } = writer;
      const rows = resumed ? [...parseRows(join(run.path, "rows.jsonl"), resumed.rows, run.run)] : [];
      this.#open.set(runLabel(run), { writer, rows });
      from = resumed && runStateOf(resumed.checkpoint);
      if (resumed) {
        const beginning = beginningOf(resumed);
        best = bestSoFar(save, beginning);
        for (const saved of copiedWeights(run.path, save, beginning)) saveWeights(writer, run, saved);
      }
      for (const error of refused) progress.unkept(run, error);
      if (resumed && from) progress.resume(run, from.step, resumed.folder === run.path ? undefined : resumed.folder);
    } catch (error) {
      if (!isSteepestError(error) || error.code !== "RUN_COMPLETE") throw error;
      if (!this.#reuse(run)) throw error;
    }
    progress.start(run);
    const reused = this.#runs.get(runLabel(run));
    if (reused) progress.finish(run, reused.outcome);
    return reused ? undefined : { from, best };
  }

  #receive(run: PlacedRun, message: JobMessage): void {
    const { progress } = this.#options;
    const { writer, rows } = this.#open.get(runLabel(run))!;
    if (message.kind === "row") {
      writer.appendRow(message.row);
      rows.push(message.row);
      progress.row(run, message.row);
    } else if (message.kind === "progress") {
      progress.step(run, message.step, message.logRisk);
    } else if (message.kind === "warning") {
      progress.warn(run, message);
    } else if (message.kind === "weights") {
      saveWeights(writer, run, message.saved);
    } else if (message.kind === "state") {
      this.#keep(run, writer, message);
    } else if (message.kind === "unkept") {
      progress.unkept(run, unpackError(message.error) as SteepestError);
    } else {
      const { arm, seed, path } = run;
      const resultHash = writer.complete(message.end);
      this.#open.delete(runLabel(run));
      this.#runs.set(runLabel(run), { arm, seed, rows, ...message.end, path, resultHash, reused: false });
      progress.finish(run, message.end.outcome);
    }
  }

  /** Writes a checkpoint. A disk that refuses it costs no row: the one before is still there, and the run goes on. */
  #keep(run: PlacedRun, writer: RunFolderWriter, { state, isEnd, kept }: Extract<JobMessage, { readonly kind: "state" }>): void {
    try {
      writer.checkpoint(checkpointOf(state, kept), isEnd);
    } catch (error) {
      if (!isSteepestError(error) || error.code !== "STORAGE") throw error;
      this.#options.progress.unkept(run, error);
    }
  }

  #reuse(run: PlacedRun): boolean {
    const found = recordedRun(run);
    const lacks = found !== undefined && missingWeights(run.path, this.#options.save, found).length > 0;
    if (lacks) this.#again.add(runLabel(run));
    if (!found || lacks) return false;
    tidyRunFolder(run.path);
    this.#runs.set(runLabel(run), found);
    return true;
  }

  /** Records the failure of a run. @throws an error that concerns more than this run */
  #fail(run: PlacedRun, error: unknown): void {
    const failure = failureOf(run, namingModules(run, error));
    this.#open.get(runLabel(run))?.writer.abandon();
    this.#open.delete(runLabel(run));
    this.#note(failure);
  }

  #note(failure: StudyFailure): void {
    this.#failures.set(runLabel(failure), failure);
    this.#options.progress.fail(failure, failure.error);
  }
}

/** Writes weights into the folder of a run. @throws StorageError */
function saveWeights(writer: RunFolderWriter, { name, run }: PlacedRun, saved: SavedWeights): void {
  const definitionHash = textHash(canonicalJson(run));
  writer.weights(weightsName(saved.rule, saved.step), weightsBytes(saved, { name, definitionHash }));
}

/** The failure of a run. @throws the error, if it is not this run's alone */
function failureOf({ arm, seed }: PlannedRun, error: unknown): StudyFailure {
  if (!isSteepestError(error) || sharedErrors.includes(error.code)) throw error;
  return { arm, seed, reason: error.code, error };
}
