import { ResourceError } from "./errors.js";

/** Remedies by the system's error code: the exhausted resource, and how to get more of it. */
const remedies: Readonly<Record<string, string>> = {
  EMFILE: "this process may open no more files; raise the limit (ulimit -n), or use fewer threads",
  ENFILE: "this machine may open no more files; close some programs",
  EAGAIN: "no more threads or processes may be started; raise the limit (ulimit -u, or that of the container), or use fewer threads",
  ENOMEM: "the system gives no more memory; use fewer threads or smaller runs",
};

/**
 * The typed form of a system error about an exhausted resource; undefined for every other error.
 *
 * @param who  first words of the message
 * @param cause  anything that was thrown
 * @returns the error to throw in the place of `cause`, or undefined
 */
export function exhausted(who: string, cause: unknown): ResourceError | undefined {
  const code = codeOf(cause);
  const hint = code === undefined ? undefined : remedies[code];
  return hint === undefined ? undefined : ResourceError.at(who, `${(cause as Error).message}`, { value: code, cause, hint });
}

/** The system's error code. For a thread that could not start, Node puts it in the message only. */
function codeOf(cause: unknown): string | undefined {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code === "ERR_WORKER_INIT_FAILED" ? /E[A-Z]+$/.exec(message)?.[0] : code;
}
