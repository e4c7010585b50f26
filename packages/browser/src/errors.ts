import { brandError, type SteepestError, type SteepestErrorDetails } from "@steepest/core";

/** A worker that broke down in the middle of its work: out of memory, or an error outside every run. Its runs are lost. */
export class WorkerCrashError extends Error implements SteepestError {
  declare readonly code: "WORKER_CRASH";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "WORKER_CRASH", details);
  }
}
