import type { TrainWarning } from "@steepest/core";
import type { Row, RunDefinition, RunEnd } from "@steepest/experiments";

/** What the main thread gives a worker, and what comes back. */
export interface Job {
  readonly run: RunDefinition;
  readonly mnistFolder: string;
}

export type JobMessage =
  | { readonly kind: "start" }
  | { readonly kind: "row"; readonly row: Row }
  | { readonly kind: "progress"; readonly step: number; readonly logRisk: number }
  | TrainWarning
  | { readonly kind: "end"; readonly end: RunEnd };
