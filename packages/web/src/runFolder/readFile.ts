import { DataError, isSteepestError } from "@steepest/core";
import { parseJson, type RecordFile } from "@steepest/core/internal";
import type { RunFiles } from "./runFiles.js";

/**
 * The bytes of a file of a run folder; undefined if there is none of that name. It may be gone, or closed to us, since it was listed.
 *
 * @throws DataError
 */
export async function readFile({ path, files }: RunFiles, name: RecordFile): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await files.get(name)?.bytes();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { message } = cause as Error;
    throw DataError.at(`${path}/${name}`, `cannot be read: ${message}`, { cause, hint: "open the folder again" });
  }
}

/** The decoded content of a JSON file of a run folder; undefined if there is none. @throws DataError */
export async function readJson(files: RunFiles, name: RecordFile): Promise<unknown> {
  const bytes = await readFile(files, name);
  return bytes && parseJson(`${files.path}/${name}`, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
}

/** A required part of a run folder. @throws DataError  if it is undefined */
export function required<T>(path: string, found: T | undefined): T {
  if (found !== undefined) return found;
  const hint = "open a folder that steepest run has written, unchanged";
  throw DataError.at(path, "is missing, expected a run folder with definition.json and rows.jsonl", { value: found, hint });
}
