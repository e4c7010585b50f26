import type { SentError } from "@steepest/core/internal";

/** Messages between `runJobs` and `serveJobs`. */
export type ToWorker =
  | { readonly kind: "job"; readonly index: number; readonly job: unknown }
  | { readonly kind: "abort"; readonly reason: SentError };

export type FromWorker =
  | { readonly kind: "message"; readonly index: number; readonly message: unknown }
  | { readonly kind: "done"; readonly index: number; readonly result: unknown }
  | { readonly kind: "failed"; readonly index: number; readonly error: SentError };
