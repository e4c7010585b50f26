import type { RunCertificateOptions } from "@steepest/certificates";
import type { RecordSchedule, RunOutcome, TrainPoint, TrainWarning } from "@steepest/core";
import type { SentError } from "@steepest/core/internal";

/** The arithmetic of an engine: the WebAssembly binary, or its twin in JavaScript where WebAssembly is forbidden. The bits are the same. */
export type HostKind = "wasm" | "reference";

/** The source of a worker's kernels. */
export type SentBinary =
  | { readonly kind: "url"; readonly href: string }
  /** `type`: the content type of the response that held the bytes. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer>; readonly origin: string; readonly type?: string }
  | { readonly kind: "module"; readonly module: WebAssembly.Module };

export interface NextRequest {
  readonly kind: "next";
  readonly run: number;
  /** Another reader begins its own schedule. */
  readonly reader: number;
  readonly schedule: RecordSchedule;
}

/** Addresses of what certificates need. */
export interface CertificateFiles {
  /** The URL of `certificates.js`. */
  readonly script: string;
  /** The URL of `highs.wasm`, which linear programmes need. */
  readonly solver: string;
}

export interface CertificateRequest {
  readonly kind: "certificate";
  readonly run: number;
  /** A norm as `sendable` has it, the id of one that the run tracks, or a text. */
  readonly norm: unknown;
  readonly options: Omit<RunCertificateOptions, "signal">;
  readonly files: CertificateFiles;
}

/** Questions that get an `Answer`. */
export type Question =
  | { readonly kind: "load"; readonly binary: SentBinary }
  | NextRequest
  | CertificateRequest
  | { readonly kind: "kktResidual"; readonly run: number; readonly norm: string }
  | { readonly kind: "parameters"; readonly run: number };

export type ToWorker =
  | { readonly kind: "ask"; readonly call: number; readonly question: Question }
  | { readonly kind: "train"; readonly run: number; readonly request: unknown }
  /** The answer to this call is no longer wanted: stop computing. */
  | { readonly kind: "callOff"; readonly run: number; readonly call: number }
  /** The run is given up: it was closed, or collected on the page. */
  | { readonly kind: "forget"; readonly run: number };

export type FromWorker =
  /** The first word, unasked, as soon as the script runs. */
  | { readonly kind: "hello"; readonly build: string }
  | { readonly kind: "answered"; readonly call: number; readonly value: unknown }
  | { readonly kind: "failed"; readonly call: number; readonly error: SentError };

export interface Loaded {
  readonly host: HostKind;
}

/** The answer to `next`: a point, a warning, the end of the run, or none of them where it was called off. */
export interface Advance {
  readonly point?: TrainPoint;
  readonly warning?: TrainWarning;
  readonly ended: boolean;
  readonly outcome: RunOutcome | undefined;
}
