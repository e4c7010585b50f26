import { brandError, type SteepestError, type SteepestErrorDetails } from "@steepest/kernels";

/** The file system refused: not writable, full, not a directory, or a run folder that may not be overwritten. `path` is the file. */
export class StorageError extends Error implements SteepestError {
  declare readonly code: "STORAGE";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "STORAGE", details);
  }
}

/** A run folder that a live process, or one on another host, is writing to. `value` is the owner. */
export class RunOwnedError extends Error implements SteepestError {
  declare readonly code: "RUN_OWNED";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "RUN_OWNED", details);
  }
}

/** A worker thread that ended without an answer: it left the process, ran out of memory, could not load, or threw outside its job. */
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
