import { DefinitionError, refuseUnknownKeys } from "@steepest/core";
import { JobThread } from "./jobThread.js";

export interface JobsOptions<Job, Message> {
  /** A module that calls `serveJobs`. */
  readonly worker: URL;
  /** Structured-cloned, and started in this order. */
  readonly jobs: readonly Job[];
  /** Worker threads; each is reused for as many jobs as it can take. */
  readonly threads: number;
  /** What a handler posted. In order within a job; jobs on different threads interleave. */
  readonly onMessage?: ((jobIndex: number, message: Message) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs every job on a pool of worker threads.
 *
 * @returns the results in the order of the jobs, whatever the number of threads
 * @throws the first error of a job, with its Steepest members; the signal's reason; or WorkerCrashError. No thread is left by then, and no job that
 *         had not started is started.
 */
export async function runJobs<Job, Result, Message = never>(options: JobsOptions<Job, Message>): Promise<Result[]> {
  refuseUnknownKeys("runJobs", options, { worker: true, jobs: true, threads: true, onMessage: true, signal: true });
  const { worker, jobs, threads, onMessage, signal } = options;
  if (!(Number.isSafeInteger(threads) && threads >= 1)) {
    throw new DefinitionError(`runJobs.threads: must be an integer >= 1, got ${threads}`, { path: "runJobs.threads", value: threads });
  }
  signal?.throwIfAborted();

  const results = new Array<Result>(jobs.length);
  let next = 0;
  const work = async (thread: JobThread): Promise<void> => {
    while (next < jobs.length) {
      const index = next++;
      results[index] = (await thread.run(index, jobs[index])) as Result;
    }
  };
  const deliver = onMessage as ((jobIndex: number, message: unknown) => void) | undefined;
  const pool = Array.from({ length: Math.min(threads, jobs.length) }, () => new JobThread(worker, deliver));
  const abort = abortOf(signal);
  try {
    await Promise.race([Promise.all(pool.map(work)), abort.promise]);
    return results;
  } catch (reason) {
    next = jobs.length;
    await Promise.all(pool.map((thread) => thread.callOff(reason)));
    throw reason;
  } finally {
    abort.forget();
    await Promise.all(pool.map((thread) => thread.terminate()));
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
