import { DefinitionError } from "@steepest/core";
import { refuseUnknownKeys } from "@steepest/core/internal";
import { JobThread } from "./jobThread.js";

export interface JobPoolOptions {
  /** A module that calls `serveJobs`. */
  readonly worker: URL;
  /** Worker threads at most; each is started when it is needed, and takes one job after the other. */
  readonly threads: number;
}

export interface JobBatch<Job, Message> {
  /** Structured-cloned, and started in this order. */
  readonly jobs: readonly Job[];
  /** Called when a job's turn has come; false leaves the job out. An error that it throws is the job's failure. */
  readonly admit?: ((jobIndex: number) => boolean | Promise<boolean>) | undefined;
  /** Hears each message that a handler posted, in order within a job; jobs on different threads interleave. An error that it throws is the job's failure, and ends the job. */
  readonly onMessage?: ((jobIndex: number, message: Message) => void) | undefined;
  /** Takes note of a job that failed, and the others go on; an error that it throws ends them all. Without it, the first failure ends the batch. */
  readonly onFailure?: ((jobIndex: number, error: unknown) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that jobs have to tidy up after they are called off, before their threads are terminated. What they post meanwhile is heard. Default 250. */
  readonly patience?: number | undefined;
}

/** The usual patience. */
const graceMilliseconds = 250;

export interface JobsOptions<Job, Message> extends JobPoolOptions, JobBatch<Job, Message> {}

type Deliver = (jobIndex: number, message: unknown) => void;

/** Worker threads that take batches of jobs, one batch after the other, and keep the state of their modules. */
export class JobPool implements AsyncDisposable {
  readonly #worker: URL;
  readonly #places: (JobThread | undefined)[];
  readonly #threads = new Set<JobThread>();

  /**
   * A pool without threads yet.
   *
   * @param options  URL of the worker's module, and the largest number of threads
   * @throws DefinitionError  unless `threads` is a positive integer
   */
  constructor({ worker, threads }: JobPoolOptions) {
    if (!(Number.isSafeInteger(threads) && threads >= 1)) {
      throw DefinitionError.at("runJobs.threads", `must be an integer >= 1, got ${threads}`, { value: threads });
    }
    this.#worker = worker;
    this.#places = new Array<JobThread | undefined>(threads).fill(undefined);
  }

  /**
   * Runs every job of a batch.
   *
   * @param batch  the jobs, and who hears of them
   * @returns the results in the order of the jobs, whatever the number of threads; undefined for a job that was left out or failed
   * @throws the errors that `JobBatch` names; the signal's reason; WorkerCrashError; or ResourceError where no thread can be started. No job is running by then, and
   *         none that had not started is started: the threads are gone.
   */
  async run<Job, Result, Message = never>(batch: JobBatch<Job, Message>): Promise<(Result | undefined)[]> {
    const { jobs, admit, onMessage, onFailure, signal, patience = graceMilliseconds } = batch;
    signal?.throwIfAborted();
    const results = new Array<Result | undefined>(jobs.length).fill(undefined);
    let next = 0;
    const work = async (place: number): Promise<void> => {
      while (next < jobs.length) {
        const index = next++;
        try {
          if (admit && !(await admit(index))) continue;
          if (next > jobs.length) return; // called off while the job was looked at
          results[index] = (await this.#threadAt(place, onMessage as Deliver | undefined).run(index, jobs[index])) as Result;
        } catch (error) {
          if (!onFailure || next > jobs.length) throw error;
          onFailure(index, error);
        }
      }
    };
    const abort = abortOf(signal);
    const works = Array.from({ length: Math.min(this.#places.length, jobs.length) }, (_, place) => work(place));
    try {
      await Promise.race([Promise.all(works), abort.promise]);
      return results;
    } catch (reason) {
      next = jobs.length + 1;
      await Promise.all([...this.#threads].map((thread) => thread.callOff(reason, patience)));
      await this.close();
      await Promise.allSettled(works); // an `admit` under way
      throw reason;
    } finally {
      abort.forget();
    }
  }

  /** Ends every thread, and waits for it. `await using` calls it. */
  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    this.#places.fill(undefined);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The thread at a place; one that ended is replaced. */
  #threadAt(place: number, onMessage: Deliver | undefined): JobThread {
    const standing = this.#places[place];
    if (standing && !standing.hasEnded) {
      standing.listen(onMessage);
      return standing;
    }
    const thread = new JobThread(this.#worker, onMessage);
    this.#threads.add(thread);
    this.#places[place] = thread;
    return thread;
  }
}

/**
 * Runs every job on a pool of worker threads that is gone afterwards.
 *
 * @param options  the worker's module, the number of threads, the jobs and their listeners
 * @returns the results in the order of the jobs, whatever the number of threads; undefined for a job that was left out or failed
 * @throws the first error of a job, with its Steepest members, unless `onFailure` takes it; the signal's reason; WorkerCrashError; or ResourceError where
 *         no thread can be started. No thread is left by then, and no job that had not started is started.
 */
export async function runJobs<Job, Result, Message = never>(options: JobsOptions<Job, Message>): Promise<(Result | undefined)[]> {
  refuseUnknownKeys("runJobs", options, {
    worker: true,
    jobs: true,
    threads: true,
    admit: true,
    onMessage: true,
    onFailure: true,
    signal: true,
    patience: true,
  });
  const pool = new JobPool(options);
  try {
    return await pool.run<Job, Result, Message>(options);
  } finally {
    await pool.close();
  }
}

/** A promise that rejects with the signal's reason. */
function abortOf(signal: AbortSignal | undefined): { promise: Promise<never>; forget: () => void } {
  let listener = (): void => {};
  const promise = new Promise<never>((_, reject) => {
    listener = () => reject(signal?.reason);
  });
  signal?.addEventListener("abort", listener, { once: true });
  return { promise, forget: () => signal?.removeEventListener("abort", listener) };
}
