import { decodeJson, refuseChanged } from "@steepest/core";

/** The plain data in a JSON file of a run folder. @throws DataError  if it is not JSON */
export function parseJson(path: string, text: string): unknown {
  try {
    return decodeJson(text);
  } catch (cause) {
    return refuseChanged(path, `is not JSON: ${(cause as Error).message}`, undefined, cause);
  }
}
