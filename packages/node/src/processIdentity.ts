import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Identity of a process: host, boot and namespace, process id, and start time, as far as the system tells them. */
export interface ProcessIdentity {
  readonly host: string;
  /** Boot and process namespace of Linux: two containers may have one host name and count their processes from 1 each; null elsewhere. */
  readonly place?: string | null;
  readonly pid: number;
  /** Start of the process in clock ticks since boot, which tells it from a later one with the same id; null where the system does not say. */
  readonly processStart: string | null;
}

export function thisProcess(): ProcessIdentity {
  return { host: hostname(), place: placeOfThisProcess(), pid: process.pid, processStart: startOf(process.pid) };
}

/** True if the identity is of this system, whose process ids tell whether that process is alive. */
export function isOfThisSystem({ host, place }: ProcessIdentity): boolean {
  const here = placeOfThisProcess();
  return host === hostname() && (typeof place !== "string" || here === null || place === here);
}

/** True if a process of this system is still running. */
export function isRunning({ pid, processStart }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code !== "ESRCH";
  }
  const start = startOf(pid);
  return start === null || processStart === null || start === processStart;
}

function placeOfThisProcess(): string | null {
  if (process.platform !== "linux") return null;
  const boot = unlessGone(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const namespace = unlessGone(() => readlinkSync("/proc/self/ns/pid"));
  return boot === null || namespace === null ? null : `${boot} ${namespace}`;
}

/** Fields 3 (state) and 22 (start) of /proc/<pid>/stat; field 2 may itself contain blanks and brackets. A zombie is "ended". */
function startOf(pid: number): string | null {
  if (process.platform !== "linux") return null;
  const text = unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? "ended" : (fields[19] ?? null);
}

/** The result of `action`; null for ESRCH, a file of /proc whose process has gone, and EACCES, a system that does not show it. */
function unlessGone<T>(action: () => T): T | null {
  try {
    return action();
  } catch (cause) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes((cause as NodeJS.ErrnoException).code ?? "")) return null;
    throw cause;
  }
}
