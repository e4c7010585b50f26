import type { RunOutcome } from "@steepest/core";

/** One recorded step: the step, and the value of each probe of the definition. */
export interface Row {
  readonly step: number;
  readonly [probe: string]: number;
}

/** What one arm did under one seed. */
export interface RunRecord {
  readonly arm: string;
  readonly seed: number;
  readonly rows: readonly Row[];
  readonly outcome: RunOutcome;
  readonly perfectAccuracyStep: number | undefined;
  readonly separationStep: number | undefined;
}
