import { DataError } from "@steepest/core";

/** @throws DataError  about a file that is not as steepest run wrote it */
export function refuse(path: string, problem: string, value: unknown, cause?: unknown): never {
  throw new DataError(`${path}: ${problem}`, { path, value, cause, hint: "open a folder that steepest run has written, unchanged" });
}
