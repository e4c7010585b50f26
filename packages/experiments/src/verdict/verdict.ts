import type { RunRecord } from "../record/runRecord.js";

/** A claim against what was measured. */
export interface Verdict {
  readonly claim: string;
  readonly expected: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** A run without an end, so that there is nothing to judge: one that needed more memory than there is, for example. */
export interface RunFailure {
  readonly arm: string;
  readonly seed: number;
  /** Reason in a word, such as the code of an error. */
  readonly reason: string;
}

/** The records of one experiment by arm, one for each of the definition's seeds and in their order. */
export type RecordsByArm = ReadonlyMap<string, readonly RunRecord[]>;
