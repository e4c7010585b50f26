import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { RunOwnedError, StorageError } from "./errors.js";
import { storing } from "./storage.js";

/** Who writes to a run folder: the content of its `owner.json`. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** Tells a process from a later one with the same id: its start in clock ticks since boot; null where the system does not say. */
  readonly processStart: string | null;
  /** For people; nothing is decided by it. */
  readonly since: string;
  readonly token: string;
}

const fileName = "owner.json";
const attempts = 5;
/** Within this time an unreadable owner.json is taken for one that is being written. */
const writingMilliseconds = 2000;

/**
 * Marks a folder as this process's. The mark of a process that is no longer alive on this host is replaced.
 *
 * @returns a function that removes the mark
 * @throws RunOwnedError  if a live process, one of another host, or another writer in this process has it
 */
export function takeOwnership(folder: string): () => void {
  const path = join(folder, fileName);
  const owner: Owner = {
    host: hostname(),
    pid: process.pid,
    processStart: startOf(process.pid),
    since: new Date().toISOString(),
    token: randomUUID(),
  };
  return storing(path, "mark the run folder as in use", () => {
    for (let i = 0; i < attempts; i++) {
      if (create(path, owner)) return () => storing(path, "release the run folder", () => rmSync(path, { force: true }));
      refuseLive(path);
    }
    throw new StorageError(`${path}: changed hands ${attempts} times, expected it to be free`, { path, hint: "run one command at a time" });
  });
}

function create(path: string, owner: Owner): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(owner)}\n`, { flag: "wx", flush: true });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
}

/** Returns once the mark that was at `path` is gone, having removed it if its owner is dead. */
function refuseLive(path: string): void {
  const seen = readOwner(path);
  if (seen === undefined) return;
  if (seen === "unreadable" ? wasJustTouched(path) : isAlive(seen)) {
    const who = seen === "unreadable" ? "another process" : `process ${seen.pid} on ${seen.host} since ${seen.since}`;
    throw new RunOwnedError(`${path}: the run is owned by ${who}`, {
      path,
      value: seen,
      hint: "wait for it or stop it; if it is certainly gone, delete owner.json",
    });
  }
  // Moved, looked at again, then removed: between the look and the move another process may have replaced the mark with its own.
  const aside = `${path}.${randomUUID()}`;
  if (unlessMissing(() => renameSync(path, aside)) === "missing") return;
  const moved = readOwner(aside);
  if (typeof moved === "object" && (typeof seen !== "object" || moved.token !== seen.token)) create(path, moved);
  rmSync(aside);
}

function wasJustTouched(path: string): boolean {
  const touched = unlessMissing(() => statSync(path).mtimeMs);
  return touched !== "missing" && Date.now() - touched < writingMilliseconds;
}

function readOwner(path: string): Owner | "unreadable" | undefined {
  const text = unlessMissing(() => readFileSync(path, "utf8"));
  if (text === "missing") return undefined;
  try {
    const owner = JSON.parse(text) as Owner;
    return typeof owner?.host === "string" && Number.isSafeInteger(owner.pid) && owner.pid > 0 ? owner : "unreadable";
  } catch {
    return "unreadable";
  }
}

/** Other processes may remove the file between any two looks. */
function unlessMissing<T>(action: () => T): T | "missing" {
  try {
    return action();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return "missing"; // ESRCH: a file of /proc whose process has gone
    throw cause;
  }
}

function isAlive({ host, pid, processStart }: Owner): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== "ESRCH";
  }
  const start = startOf(pid);
  return start === null || processStart === null || start === processStart;
}

/** Fields 3 (state) and 22 (start) of /proc/<pid>/stat; field 2 may itself contain blanks and brackets. A zombie is "ended". */
function startOf(pid: number): string | null {
  if (process.platform !== "linux") return null;
  const text = unlessMissing(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (text === "missing") return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "ended" : (fields[19] ?? null);
}
