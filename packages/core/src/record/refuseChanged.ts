import { requireText } from "../check/require.js";
import { DataError } from "../error/errors.js";

/** The advice about a file of a run folder that is not as it was written. */
export const changedRunHint =
  "the file was changed after the run; take the folder as it was left, or make the run again with fresh (--fresh of steepest run)";

/**
 * Throws the error about a file of a run folder that is not as it was written.
 *
 * @param path     path of the file
 * @param problem  the fault, as a clause after the path
 * @param value    the offending value
 * @param cause    the error behind it, if there is one
 * @throws DataError
 */
export function refuseChanged(path: string, problem: string, value: unknown, cause?: unknown): never {
  requireText("path", path);
  requireText("problem", problem);
  throw DataError.at(path, problem, { value, cause, hint: changedRunHint });
}
