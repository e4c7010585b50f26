import { DataError, decodeJson, isSteepestError } from "@steepest/core";
import { refuse } from "./refuse.js";
import type { RunFiles } from "./runFiles.js";

/**
 * The bytes of a file of a run folder; undefined if there is none of that name. It may be gone, or closed to us, since it was listed.
 *
 * @throws DataError
 */
export async function readFile({ path, files }: RunFiles, name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await files.get(name)?.bytes();
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { message } = cause as Error;
    throw new DataError(`${path}/${name}: cannot be read: ${message}`, { path: `${path}/${name}`, cause, hint: "open the folder again" });
  }
}

/** The decoded content of a JSON file of a run folder; undefined if there is none. @throws DataError */
export async function readJson(files: RunFiles, name: string): Promise<unknown> {
  const bytes = await readFile(files, name);
  if (!bytes) return undefined;
  const text = textOf(bytes);
  try {
    return decodeJson(text);
  } catch (cause) {
    return refuse(`${files.path}/${name}`, `is not JSON: ${(cause as Error).message}`, undefined, cause);
  }
}

/** A required part of a run folder. @throws DataError  if it is undefined */
export function required<T>(path: string, found: T | undefined): T {
  return found === undefined ? refuse(path, "is missing, expected a run folder with definition.json and rows.jsonl", found) : found;
}

export const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
