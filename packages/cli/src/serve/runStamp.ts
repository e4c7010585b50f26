import { stat } from "node:fs/promises";
import { join } from "node:path";
import { recordFiles } from "@steepest/core/internal";

/** Times, size and inode of the files of a run, by name, which change with the file; undefined for a missing one. */
export type RunStamp = Readonly<Record<string, string | undefined>>;

/** The stamp of a run folder at this moment; to be taken before its files are read. */
export async function runStamp(path: string): Promise<RunStamp> {
  const stamps = await Promise.all(recordFiles.map(async (name) => [name, await fileStamp(join(path, name))] as const));
  return Object.fromEntries(stamps);
}

async function fileStamp(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`; // the change time cannot be put back, as tools that copy do with the other one
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? undefined : code; // another error comes again when the file is read, and is told then
  }
}
