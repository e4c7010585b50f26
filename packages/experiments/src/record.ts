import type { RunOutcome } from "@steepest/core";

/** One recorded step: the step, and the value of each probe of the definition. */
export interface Row {
  readonly step: number;
  readonly [probe: string]: number;
}

/** What curves are drawn from: a run that may still be going on. */
export type Recording = Omit<RunRecord, "outcome"> & { readonly outcome?: RunOutcome | undefined };

/** What one arm did under one seed. */
export interface RunRecord {
  readonly arm: string;
  readonly seed: number;
  readonly rows: readonly Row[];
  readonly outcome: RunOutcome;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
}
