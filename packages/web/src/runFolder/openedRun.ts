import type { RunOutcome } from "@steepest/core";
import type { Row, RunDefinition } from "@steepest/experiments";

/** A run folder that was read. */
export interface OpenedRun {
  /** Path of the folder, as it was opened. */
  readonly path: string;
  /** Name of the folder that holds it; "" if it was opened by itself. */
  readonly study: string;
  readonly arm: string;
  readonly seed: number;
  readonly run: RunDefinition;
  /** Hashes of what it was trained on; undefined where an earlier version recorded none. */
  readonly data: unknown;
  readonly rows: readonly Row[];
  /** How it ended; undefined while it is incomplete: interrupted, or still being written. */
  readonly outcome: RunOutcome | undefined;
  /** SHA-256 of rows.jsonl, checked; undefined while incomplete. */
  readonly resultHash: string | undefined;
  /** Whether its outcome.json has hashes by which the end, the definition and the environment were checked too; runs of earlier versions have none. */
  readonly isSealed: boolean;
}
