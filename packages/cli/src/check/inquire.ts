import { Worker } from "node:worker_threads";
import { SteepestError } from "@steepest/core";
import { unpackError } from "@steepest/core/internal";
import type { Inquiry, Told } from "./inquiry.js";

/** A subject that ended the thread in which the laws asked it, or failed there outside of a question. */
export class SubjectEndedError extends SteepestError {
  override readonly code = "SUBJECT";
  constructor(choice: string, how: string, value: unknown) {
    super(`subject ${choice}: ${how}`, {
      path: "--subject",
      value,
      cause: value instanceof Error ? value : undefined,
      hint: "no law was decided: a subject returns values or throws, and leaves the process alone",
    });
  }
}

/**
 * Asks the laws in a thread of their own: this one goes on to hear signals, and a subject that calls `process.exit` ends no more than the thread.
 *
 * @throws what the inquiry throws; SubjectEndedError; the signal's reason
 */
export async function inquire(inquiry: Inquiry, signal: AbortSignal): Promise<Exclude<Told, { kind: "failed" }>> {
  signal.throwIfAborted();
  const thread = new Worker(new URL("./inquiryThread.js", import.meta.url), { workerData: inquiry });
  try {
    const told = await Promise.race([answerOf(thread, inquiry.choice), aborted(signal)]);
    if (told.kind === "failed") throw unpackError(told.error);
    return told;
  } finally {
    await thread.terminate(); // what a subject has left running keeps nobody here
  }
}

function answerOf(thread: Worker, choice: string | undefined): Promise<Told> {
  const name = choice ?? "own";
  return new Promise((resolve, reject) => {
    thread.on("message", resolve);
    thread.on("error", (error: Error) =>
      reject(new SubjectEndedError(name, `failed outside of what it was asked: ${error.message}`, error)),
    );
    thread.on("exit", (code) => reject(new SubjectEndedError(name, `ended the check with exit code ${code} instead of answering`, code)));
  });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
