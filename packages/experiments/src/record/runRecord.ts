import type { RunOutcome, TrainWarning } from "@steepest/core";
import type { RunEnd } from "./end.js";
import type { Row } from "./row.js";

/** A run as curves are drawn from it; it may still be going on. */
export type Recording = Omit<RunRecord, "outcome"> & {
  readonly outcome?: RunOutcome | undefined;
  /** Its warnings so far. */
  readonly warnings?: readonly TrainWarning[] | undefined;
};

/** Rows and end of one arm under one seed. */
export interface RunRecord extends Omit<RunEnd, "warnings"> {
  readonly arm: string;
  readonly seed: number;
  readonly rows: readonly Row[];
}
