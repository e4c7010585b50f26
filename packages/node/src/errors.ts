import { brandError, type SteepestError, type SteepestErrorDetails } from "@steepest/kernels";

/** The file system refused: not writable, full, or not a directory. `path` is the file. */
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

/** A run folder holds a complete run, and `fresh` was not set. `path` is the folder. */
export class RunCompleteError extends Error implements SteepestError {
  declare readonly code: "RUN_COMPLETE";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "RUN_COMPLETE", details);
  }
}

/** A run folder that a live process is writing to, on this host or on another one. `value` is the owner. */
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

/** The system gives no more of a resource that all processes share: open files, threads, processes, memory. `value` is its code, such as EMFILE. */
export class ResourceError extends Error implements SteepestError {
  declare readonly code: "RESOURCE";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(message: string, details: SteepestErrorDetails = {}) {
    super(message);
    brandError(this, "RESOURCE", details);
  }
}
