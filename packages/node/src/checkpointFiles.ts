import { existsSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { checkpointBytes, type PlacedCheckpoint } from "./checkpoint.js";
import { storing, syncFolder, temporaryOf, writeTemporary } from "./storage.js";

/** The path of a file of an attempt at a run, by its name. */
export type PathOf = (name: string) => string;

/** Names of the checkpoints of a run folder: the latest, and the one before it. */
export const checkpointNames = ["checkpoint.safetensors", "checkpoint.before.safetensors"] as const;

const [latestName, beforeName] = checkpointNames;

/**
 * Writes a checkpoint, and keeps the one before. Whenever the process ends, there is a whole one of the two, if there was one.
 *
 * @throws StorageError  if the file system refuses; both checkpoints are as they were
 */
export function writeCheckpoint(pathOf: PathOf, placed: PlacedCheckpoint): void {
  const latest = pathOf(latestName);
  const bytes = checkpointBytes(placed);
  storing(latest, "write the checkpoint", () => {
    const temporary = writeTemporary(latest, bytes);
    if (existsSync(latest)) renameSync(latest, pathOf(beforeName));
    renameSync(temporary, latest);
    syncFolder(dirname(latest));
  });
}

/** Removes the checkpoints, and what a killed process has left of one. @param keepsLatest  true: all but the latest */
export function removeCheckpoints(pathOf: PathOf, keepsLatest = false): void {
  for (const file of [...sparePaths(pathOf), ...(keepsLatest ? [] : [pathOf(latestName)])])
    storing(file, "remove the file", () => rmSync(file, { force: true }));
}

/** Puts the latest checkpoint of one attempt in the place of that of another. */
export function moveLatest(from: PathOf, to: PathOf): void {
  const path = from(latestName);
  storing(path, "rename the checkpoint", () => {
    renameSync(path, to(latestName));
    syncFolder(dirname(path));
  });
}

/** True if an attempt has left a checkpoint. */
export const hasCheckpoint = (pathOf: PathOf): boolean => checkpointNames.some((name) => existsSync(pathOf(name)));

/** Files beside the latest checkpoint that a complete run does not need. */
export const sparePaths = (pathOf: PathOf): readonly string[] => [temporaryOf(pathOf(latestName)), pathOf(beforeName)];
