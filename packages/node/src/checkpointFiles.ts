import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkpointBytes, type PlacedCheckpoint } from "./checkpoint.js";
import { storing, syncFolder, temporaryOf, writeTemporary } from "./storage.js";

/** Names of the checkpoints of a run folder: the latest, and the one before it. */
export const checkpointNames = ["checkpoint.safetensors", "checkpoint.before.safetensors"] as const;

const [latestName, beforeName] = checkpointNames;

/**
 * Writes a checkpoint, and keeps the one before. Whenever the process ends, there is a whole one of the two, if there was one.
 *
 * @throws StorageError  if the file system refuses; both checkpoints are as they were
 */
export function writeCheckpoint(folder: string, placed: PlacedCheckpoint): void {
  const latest = join(folder, latestName);
  const bytes = checkpointBytes(placed);
  storing(latest, "write the checkpoint", () => {
    const temporary = writeTemporary(latest, bytes);
    if (existsSync(latest)) renameSync(latest, join(folder, beforeName));
    renameSync(temporary, latest);
    syncFolder(folder);
  });
}

/** Removes the checkpoints, and what a killed process has left of one. @param keepsLatest  true: all but the latest */
export function removeCheckpoints(folder: string, keepsLatest = false): void {
  const [latest, before] = [join(folder, latestName), join(folder, beforeName)];
  for (const file of [temporaryOf(latest), before, ...(keepsLatest ? [] : [latest])])
    storing(file, "remove the file", () => rmSync(file, { force: true }));
}

/** Files beside the latest checkpoint that a complete run does not need. */
export const sparePaths = (folder: string): readonly string[] => [temporaryOf(join(folder, latestName)), join(folder, beforeName)];
