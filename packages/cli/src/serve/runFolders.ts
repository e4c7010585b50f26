import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { recordFiles } from "@steepest/core/internal";
import { isPlainName } from "./requestPath.js";

/** A run folder, or a folder that may be one. */
export interface FoundRun {
  readonly study: string;
  /** Names of the folders below the served one, as in the URL. */
  readonly segments: readonly string[];
  /** Reason why it cannot be opened, if that is known without reading it. */
  readonly problem?: string;
}

/**
 * Every run folder of DIR, in order of name: `<study>/<run>`, or `<run>` where DIR is the folder of one study; none where DIR is not there yet.
 * Symbolic links are not followed, hidden folders not entered. A folder that may not be read is among them, with its problem: it may be a run.
 *
 * @throws the file system's error  if DIR itself cannot be read
 */
export function runFolders(root: string, signal: AbortSignal): Promise<FoundRun[]> {
  return runsAt(root, [], signal);
}

/** True for a request below `/runs/` about a file of a run, `owner.json` not among them, or a figure of a study. */
export function isServed(segments: readonly string[]): boolean {
  const [file, folder] = [segments.at(-1)!, segments.at(-2)];
  if (segments.length < 2 || segments.length > 3) return false;
  return folder === "figures" ? /\.(svg|png)$/.test(file) : (recordFiles as readonly string[]).includes(file);
}

async function runsAt(root: string, segments: readonly string[], signal: AbortSignal): Promise<FoundRun[]> {
  signal.throwIfAborted();
  const path = join(root, ...segments);
  const study = segments.at(-2) ?? basename(resolve(root));
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && !segments.some((name) => name.includes(undecodable))) return []; // removed meanwhile
    if (code === "ENOENT") return [{ study, segments, problem: `${path}: the name is not UTF-8; rename the folder` }];
    if (segments.length === 0) throw error;
    return [{ study, segments, problem: `${path}: cannot be read: ${message}` }];
  }
  if (segments.length > 0 && entries.some(({ name }) => name === "definition.json")) {
    if (segments.every(isPlainName)) return [{ study, segments }];
    return [{ study, segments, problem: `${path}: the name cannot stand in an address of this server; rename the folder` }];
  }
  if (segments.length === 2) return [];
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const found: FoundRun[] = [];
  for (const name of folders.sort()) found.push(...(await runsAt(root, [...segments, name], signal)));
  return found;
}

/** Replacement for bytes of a name that are not UTF-8; a folder with it is not found. */
const undecodable = "\ufffd";
