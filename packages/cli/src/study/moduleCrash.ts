import { modulePlaces, type PlannedRun } from "@steepest/experiments";
import { WorkerCrashError } from "@steepest/node";

/**
 * The error of a run whose thread ended without an answer, which names the modules whose code runs there.
 *
 * @param run    the run
 * @param error  its error
 * @returns `error` itself where it is another, or the run has no modules
 */
export function namingModules({ run }: PlannedRun, error: unknown): unknown {
  if (!(error instanceof WorkerCrashError)) return error;
  const paths = [...new Set(modulePlaces(run).map(({ value }) => String(value.module)))];
  if (paths.length === 0) return error;
  return new WorkerCrashError(`${error.message}, in which the code of ${paths.join(", ")} runs`, {
    path: error.path,
    value: error.value,
    hint: "a module returns values or throws, and leaves the process alone: take the call out that ends it",
    cause: error,
  });
}
