import { DataError } from "@steepest/core";

/** Throws the error about a file that is not as steepest run wrote it. @throws DataError */
export function refuse(path: string, problem: string, value: unknown, cause?: unknown): never {
  throw new DataError(`${path}: ${problem}`, { path, value, cause, hint: "open a folder that steepest run has written, unchanged" });
}
