import type { RunEnd, RunRecord } from "@steepest/experiments";

/** A complete run of a study. */
export interface StudyRun extends RunRecord, RunEnd {
  /** The run folder. */
  readonly path: string;
  /** SHA-256 of the run's rows. */
  readonly resultHash: string;
  /** true: taken from an earlier complete run of the same definition, data and numerics version. */
  readonly reused: boolean;
}
