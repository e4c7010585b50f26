import { DataError } from "@steepest/core";

/** @throws DataError  about a file of a run folder that is not as steepest run wrote it */
export function refuse(path: string, problem: string, value: unknown, cause?: unknown): never {
  const hint = "the file was changed after it was written; take the folder as steepest run left it";
  throw new DataError(`${path}: ${problem}`, { path, value, cause, hint });
}
