import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import type { Finding } from "./finding.js";

/** Bytes of address space that a worker thread reserves for its kernels, used or not. */
const reservedByThread = 20e9;

const inGigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** The worker threads that a study uses by default. */
export function threadFinding(): Finding {
  const threads = availableParallelism();
  return {
    subject: "threads",
    state: "ok",
    found: `${threads}, the default of --threads; ${cpus()[0]?.model.trim() ?? "an unnamed processor"}`,
  };
}

/** The memory that this process may take: that of the machine, or of its container. */
export function memoryFinding(): Finding {
  const limit = process.constrainedMemory();
  const limited = limit > 0 && limit < totalmem();
  const whole = limited ? limit : totalmem();
  return {
    subject: "memory",
    state: "ok",
    found: `${inGigabytes(whole)}${limited ? ", the limit of this container," : ""} of which ${inGigabytes(limited ? process.availableMemory() : freemem())} are free`,
  };
}

/** The address space that this process may reserve (ulimit -v). */
export function addressSpaceFinding(limits: string = limitsText()): Finding {
  const subject = "address space";
  const limit = Number(/^Max address space\s+(\d+)/m.exec(limits)?.[1] ?? Infinity);
  if (limit === Infinity) return { subject, state: "ok", found: "not limited" };
  const threads = Math.floor(limit / reservedByThread);
  const found = `${inGigabytes(limit)}, enough for ${threads} worker threads of up to ${inGigabytes(reservedByThread)}`;
  return threads >= availableParallelism()
    ? { subject, state: "ok", found }
    : { subject, state: "problem", found, hint: "raise the limit (ulimit -v), or use fewer --threads" };
}

function limitsText(): string {
  return existsSync("/proc/self/limits") ? readFileSync("/proc/self/limits", "utf8") : "";
}

/** The folder that keeps runs, or the nearest above it that exists. */
export function runsFinding(folder: string): Finding {
  const subject = "runs";
  let at = resolve(folder);
  while (!existsSync(at)) at = dirname(at);
  const isThere = at === resolve(folder);
  try {
    accessSync(at, constants.W_OK | constants.X_OK);
    return { subject, state: "ok", found: isThere ? `${folder} can be written to` : `${folder} is not there yet, and can be made` };
  } catch {
    return { subject, state: "problem", found: `${at} cannot be written to`, hint: "name another folder with --runs" };
  }
}
