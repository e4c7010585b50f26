import { SteepestError } from "@steepest/core";
import { setHeeder } from "./signals.js";

/** A signal that asked for an end while work was under way. */
export class InterruptedError extends SteepestError {
  override readonly code = "INTERRUPTED";
  constructor(signal: string, hint: string | undefined) {
    super(`interrupted by ${signal}`, { value: signal, hint });
  }
}

/**
 * Calls `work` with a signal that aborts when the program is asked to end; the second request ends the program at once.
 *
 * @param hint  what is kept, and how to go on
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>, hint?: string): Promise<T> {
  const controller = new AbortController();
  setHeeder((name) => controller.abort(new InterruptedError(name, hint)));
  try {
    return await work(controller.signal);
  } finally {
    setHeeder(undefined);
  }
}
