import { DataError, decodeJson } from "@steepest/core";

/** The plain data in a JSON file of a run folder. @throws DataError */
export function parseJson(path: string, text: string): unknown {
  try {
    return decodeJson(text);
  } catch (cause) {
    throw new DataError(`${path}: is not JSON: ${(cause as Error).message}`, {
      path,
      cause,
      hint: "the file was changed after the run; remove the folder, or make the run again with fresh",
    });
  }
}
