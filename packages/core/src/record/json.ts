import { requireText } from "../check/require.js";
import { decodeJson } from "../json/canonicalJson.js";
import { refuseChanged } from "./refuseChanged.js";

/**
 * The plain data in a JSON file of a run folder.
 *
 * @param path  path of the file, for messages
 * @param text  its content
 * @returns plain data, with NaN, the infinities and -0 as numbers
 * @throws DataError  if it is not JSON
 */
export function parseJson(path: string, text: string): unknown {
  requireText("path", path);
  requireText("text", text);
  try {
    return decodeJson(text);
  } catch (cause) {
    return refuseChanged(path, `is not JSON: ${(cause as Error).message}`, undefined, cause);
  }
}
