import type { RunOutcome } from "@steepest/core";
import type { Row, RunDefinition } from "@steepest/experiments";

/** A run folder after reading. */
export interface OpenedRun {
  /** Path of the folder at the time of opening. */
  readonly path: string;
  /** Name of the folder that holds it; "" if it was opened by itself. */
  readonly study: string;
  readonly arm: string;
  readonly seed: number;
  readonly run: RunDefinition;
  /** Hashes of the training data; undefined for runs of earlier versions, which recorded none. */
  readonly data: unknown;
  readonly rows: readonly Row[];
  /** The outcome of the run; undefined while it is incomplete: interrupted, or still being written. */
  readonly outcome: RunOutcome | undefined;
  /** SHA-256 of rows.jsonl, checked; undefined while incomplete. */
  readonly resultHash: string | undefined;
  /** true: its outcome.json has hashes by which the end, the definition and the environment were checked too; earlier versions wrote none. */
  readonly isSealed: boolean;
}
