import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { DataError, isSteepestError } from "@steepest/core";
import { changedRunHint, refuseChanged } from "@steepest/core/internal";
import { StorageError } from "./errors.js";
import { exhausted } from "./exhausted.js";

const hints: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space and run again",
  EDQUOT: "your disk quota is used up; free some space and run again",
  EFBIG: "files may not be so large here; raise the limit (ulimit -f)",
  EROFS: "the file system is read-only; choose another folder",
  EACCES: "choose a folder that you may write to",
  EPERM: "choose a folder that you may write to",
  ENOTDIR: "a file stands where a folder is expected; choose another folder",
  EEXIST: "a file stands where a folder is expected; choose another folder",
  EISDIR: "a folder stands where a file is expected; move it away",
  ERR_FS_EISDIR: "a folder stands where a file is expected; move it away", // from rmSync
};

/**
 * Runs a file operation; a refusal of the file system becomes a StorageError that names the attempt and the path.
 *
 * @throws StorageError, or ResourceError where no more files may be opened
 */
export function storing<T>(path: string, attempt: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const usedUp = exhausted(`${path}: cannot ${attempt}`, cause);
    if (usedUp) throw usedUp;
    const { code, message } = cause as NodeJS.ErrnoException;
    const hint = code === undefined ? undefined : hints[code];
    throw StorageError.at(path, `cannot ${attempt}: ${message}`, { value: code, cause, hint });
  }
}

/**
 * Creates a folder and those above it, where they are missing. Not `recursive` of mkdirSync, which never returns where a file system answers ENOENT below
 * a folder that exists (/proc, automounts).
 *
 * @param path  absolute, or relative to the working directory
 * @throws StorageError
 */
export function makeFolder(path: string): void {
  storing(path, "create the folder", () => {
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) return;
      throw Object.assign(new Error("ENOTDIR: not a directory"), { code: "ENOTDIR" });
    }
    if (dirname(path) !== path) makeFolder(dirname(path));
    try {
      mkdirSync(path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause; // another process may be creating it too
    }
  });
}

/** Flags that open a regular file only; Windows lacks the last two. */
const plainRead = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Error codes of the system for a link that is not followed, and for a pipe or a socket. */
const notPlain: readonly (string | undefined)[] = ["ELOOP", "ENXIO", "EISDIR"];

/**
 * The bytes of a file of a run folder: a link in its place is not followed, a pipe not waited for.
 *
 * @param mostBytes  more than any such file has
 * @throws DataError     if it is not a regular file, or has more bytes
 * @throws StorageError  if it cannot be read; its `value` is the system's code
 */
export function readRegular(path: string, mostBytes: number = Number.POSITIVE_INFINITY): Buffer {
  return storing(path, "read the file", () => {
    let handle: number;
    try {
      handle = openSync(path, plainRead);
    } catch (cause) {
      if (notPlain.includes((cause as NodeJS.ErrnoException).code)) refuseSpecial(path);
      throw cause;
    }
    try {
      const status = fstatSync(handle);
      if (status.isDirectory()) refuseSpecial(path, "a folder stands in its place; move it away, and make the run again with fresh");
      if (!status.isFile()) refuseSpecial(path);
      if (status.size > mostBytes) refuseLong(path, status.size, mostBytes);
      return readFileSync(handle);
    } finally {
      closeSync(handle);
    }
  });
}

function refuseLong(path: string, value: number, mostBytes: number): never {
  refuseChanged(path, `has ${value} bytes, expected at most ${mostBytes}`, value);
}

function refuseSpecial(path: string, hint: string = changedRunHint): never {
  throw DataError.at(path, "is not a regular file, expected one that steepest run wrote", { hint });
}

/** Path of the temporary file that `writeAtomically` renames to `path`. */
export function temporaryOf(path: string): string {
  return `${path}.tmp`;
}

/** Writes a file so that after any interruption there is either the old one or the whole new one. `temporaryOf(path)` must be the caller's. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  storing(path, "write the file", () => {
    const temporary = writeTemporary(path, content);
    try {
      renameSync(temporary, path);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
    syncFolder(dirname(path));
  });
}

/** Writes and flushes the temporary file of a path. @returns its path  @throws what the file system says; nothing is left then */
export function writeTemporary(path: string, content: string | Uint8Array): string {
  const temporary = temporaryOf(path);
  rmSync(temporary, { force: true }); // it may be a link
  try {
    writeFileSync(temporary, content, { flag: "wx", flush: true });
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw cause;
  }
  return temporary;
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
