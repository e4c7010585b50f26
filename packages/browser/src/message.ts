import type { RecordSchedule, RunOutcome, SentError, TrainPoint, TrainWarning } from "@steepest/core";

/** Grows by one whenever a message changes its meaning: a `worker.js` copied from another version is refused. */
export const protocolVersion = 1;

/** The arithmetic of an engine: the WebAssembly binary, or its twin in JavaScript where WebAssembly is forbidden. The bits are the same. */
export type HostKind = "wasm" | "reference";

/** What a worker makes its kernels from. */
export type SentBinary =
  | { readonly kind: "url"; readonly href: string }
  | { readonly kind: "bytes"; readonly bytes: BufferSource; readonly origin: string }
  | { readonly kind: "module"; readonly module: WebAssembly.Module };

export interface NextRequest {
  readonly kind: "next";
  readonly run: number;
  /** Another reader begins its own schedule. */
  readonly reader: number;
  readonly schedule: RecordSchedule;
}

/** Questions that get an `Answer`. */
export type Question =
  | { readonly kind: "load"; readonly binary: SentBinary }
  | NextRequest
  | { readonly kind: "certificate"; readonly run: number; readonly norm: unknown }
  | { readonly kind: "parameters"; readonly run: number };

export type ToWorker =
  | { readonly kind: "ask"; readonly call: number; readonly question: Question }
  | { readonly kind: "train"; readonly run: number; readonly request: unknown }
  /** The answer to this call is no longer wanted: stop computing. */
  | { readonly kind: "callOff"; readonly run: number; readonly call: number }
  /** Nobody holds the run any more. */
  | { readonly kind: "forget"; readonly run: number };

export type FromWorker =
  | { readonly kind: "answered"; readonly call: number; readonly value: unknown }
  | { readonly kind: "failed"; readonly call: number; readonly error: SentError };

export interface Loaded {
  readonly host: HostKind;
  readonly protocol: number;
}

/** The answer to `next`: a point, a warning, the end of the run, or none of them where it was called off. */
export interface Advance {
  readonly point?: TrainPoint;
  readonly warning?: TrainWarning;
  readonly ended: boolean;
  readonly outcome: RunOutcome | undefined;
}
