import { SteepestError } from "@steepest/core";

/** A worker that broke down in the middle of its work: out of memory, or an error outside every run. Its runs are lost. */
export class WorkerCrashError extends SteepestError {
  override readonly code = "WORKER_CRASH";
}
