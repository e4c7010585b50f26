import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isSteepestError } from "@steepest/core";
import { StorageError } from "./errors.js";

const hints: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space and run again",
  EDQUOT: "your disk quota is used up; free some space and run again",
  EROFS: "the file system is read-only; choose another folder",
  EACCES: "choose a folder that you may write to",
  EPERM: "choose a folder that you may write to",
  ENOTDIR: "a file stands where a folder is expected; choose another folder",
  EEXIST: "a file stands where a folder is expected; choose another folder",
  EISDIR: "a folder stands where a file is expected; move it away",
};

/** Runs a file operation; what the file system refuses becomes a StorageError that says what was attempted on which path. */
export function storing<T>(path: string, attempt: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    const hint = code === undefined ? undefined : hints[code];
    throw new StorageError(`${path}: cannot ${attempt}: ${message}`, { path, value: code, cause, ...(hint !== undefined && { hint }) });
  }
}

/** Writes a file so that, whatever interrupts, there is either the old one or the whole new one. `path + ".tmp"` must be the caller's. */
export function writeAtomically(path: string, text: string): void {
  storing(path, "write the file", () => {
    const temporary = `${path}.tmp`;
    writeFileSync(temporary, text, { flush: true });
    renameSync(temporary, path);
    syncFolder(dirname(path));
  });
}

/** Makes renames and removals in a folder durable. Windows cannot open folders and does not need it. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
