import type { RunOutcome } from "@steepest/core";

/** One recorded step: the step, and the value of each probe of the definition. */
export interface Row {
  readonly step: number;
  readonly [probe: string]: number;
}

/** A run as curves are drawn from it; it may still be going on. */
export type Recording = Omit<RunRecord, "outcome"> & { readonly outcome?: RunOutcome | undefined };

/** Rows and outcome of one arm under one seed. */
export interface RunRecord {
  readonly arm: string;
  readonly seed: number;
  readonly rows: readonly Row[];
  readonly outcome: RunOutcome;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
}
