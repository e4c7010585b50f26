import type { ExperimentDefinition, RunDefinition, RunRecord } from "@steepest/experiments";

/** A run folder that was read. */
export interface OpenedRun extends Omit<RunRecord, "outcome"> {
  /** Path of the folder, as it was opened. */
  readonly path: string;
  /** Name of the folder that holds it; "" if it was opened by itself. */
  readonly study: string;
  readonly run: RunDefinition;
  /** The run as an experiment of one arm and one seed: what the page loads to run it again. */
  readonly definition: ExperimentDefinition;
  /** How it ended; undefined while it is incomplete: interrupted, or still being written. */
  readonly outcome: RunRecord["outcome"] | undefined;
  /** SHA-256 of rows.jsonl, checked; undefined while incomplete. */
  readonly resultHash: string | undefined;
  readonly environment: unknown;
}
