import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

/** Where a run folder lies. */
export interface FoundRun {
  readonly study: string;
  /** Below the served folder: names, as in the URL. */
  readonly segments: readonly string[];
}

/** The files of a run that are served; `owner.json` and checkpoints are not. */
export const runFiles: readonly string[] = ["definition.json", "environment.json", "rows.jsonl", "outcome.json"];

/**
 * Every run folder of DIR, in order of name: `<study>/<run>`, or `<run>` where DIR is the folder of one study. Symbolic links are not followed.
 */
export async function runFolders(root: string): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  for (const outer of await foldersIn(root)) {
    if (await isRun(join(root, outer))) {
      found.push({ study: basename(resolve(root)), segments: [outer] });
      continue;
    }
    for (const inner of await foldersIn(join(root, outer))) {
      if (await isRun(join(root, outer, inner))) found.push({ study: outer, segments: [outer, inner] });
    }
  }
  return found;
}

/** Whether a request below `/runs/` is about a file of a run, or a figure of a study. */
export function isServed(segments: readonly string[]): boolean {
  const [file, folder] = [segments.at(-1)!, segments.at(-2)];
  if (segments.length < 2 || segments.length > 3) return false;
  return folder === "figures" ? /\.(svg|png)$/.test(file) : runFiles.includes(file);
}

async function isRun(path: string): Promise<boolean> {
  return (await entriesOf(path)).some((entry) => entry.name === "definition.json" && entry.isFile());
}

async function foldersIn(path: string): Promise<string[]> {
  const folders = (await entriesOf(path)).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  return folders.map(({ name }) => name).sort();
}

/** Nothing for a folder that is not there or may not be read: others may be. */
async function entriesOf(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
