/** Names of the files of a run folder, in the order in which they are written; the last one makes the run complete. */
export const recordFiles = ["definition.json", "environment.json", "rows.jsonl", "outcome.json"] as const;

/** Name of a file of a run folder. */
export type RecordFile = (typeof recordFiles)[number];
