import { SteepestError } from "@steepest/kernels";

/** The file system refused: not writable, full, or not a directory. `path` is the file. */
export class StorageError extends SteepestError {
  override readonly code = "STORAGE";
}

/** A run folder holds a complete run, and `fresh` was not set. `path` is the folder. */
export class RunCompleteError extends SteepestError {
  override readonly code = "RUN_COMPLETE";
}

/** A run folder that a live process is writing to, on this host or on another one. `value` is the owner. */
export class RunOwnedError extends SteepestError {
  override readonly code = "RUN_OWNED";
}

/** A worker thread that ended without an answer: it left the process, ran out of memory, could not load, or threw outside its job. */
export class WorkerCrashError extends SteepestError {
  override readonly code = "WORKER_CRASH";
}

/** The system gives no more of a resource that all processes share: open files, threads, processes, memory. `value` is its code, such as EMFILE. */
export class ResourceError extends SteepestError {
  override readonly code = "RESOURCE";
}
