import { brandError, type SteepestError } from "@steepest/core";

/** SIGINT or SIGTERM while runs were under way. Complete runs are kept, the others leave nothing that looks complete. */
export class InterruptedError extends Error implements SteepestError {
  declare readonly code: "INTERRUPTED";
  declare readonly path: string | undefined;
  declare readonly value: unknown;
  declare readonly hint: string | undefined;
  constructor(signal: string) {
    super(`interrupted by ${signal}`);
    brandError(this, "INTERRUPTED", { hint: "complete runs are kept: the same command goes on with the others" });
  }
}

/** Calls `work` with a signal that aborts on the first SIGINT or SIGTERM; a second one ends the process at once. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    controller.abort(new InterruptedError(name));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
