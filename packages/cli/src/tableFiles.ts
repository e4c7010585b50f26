import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DataError } from "@steepest/core";
import type { DatasetFiles, HashedBytes } from "@steepest/experiments";
import { importModule, type TellModule } from "./moduleFile.js";

/** Largest file that is read: more bytes than one array of them can have on some engines. */
const mostBytes = 2 ** 31 - 1;

/**
 * The files that definitions name by a path: data, each read once, and modules.
 *
 * @param base     folder that relative paths start from
 * @param tell     is called before the code of a module runs
 * @param missing  the remedy where there is no such file
 */
export function tableFiles(
  base: string,
  tell?: TellModule,
  missing: string = startText(base),
): Required<Pick<DatasetFiles, "bytes" | "module">> {
  const read = new Map<string, HashedBytes>();
  return {
    bytes: async (path) => {
      const known = read.get(path) ?? readHashedFile(path, resolve(base, path), missing);
      read.set(path, known);
      return known;
    },
    module: (path, admit) => {
      const before: TellModule = (name, sha256) => {
        admit(sha256);
        tell?.(name, sha256);
      };
      return importModule(path, resolve(base, path), before, missing);
    },
  };
}

/** The folder that paths start from, in words. */
export const startText = (base: string): string =>
  `paths start from ${base}: the folder of the definition's file, or the current one where the definition is in none`;

/**
 * Reads a file that holds data.
 *
 * @param path     the path as it was written, for messages
 * @param place    where that is
 * @param missing  the remedy if there is no such file
 * @throws DataError  if it is missing, no regular file, too large or unreadable
 */
export function readHashedFile(path: string, place: string, missing: string): HashedBytes {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (!stats)
    throw DataError.at(path, `does not exist at ${place}`, {
      hint: missing,
      value: path,
    });
  if (!stats.isFile()) throw DataError.at(path, `is no regular file: ${place}`, { hint: "expected a data file", value: path });
  if (stats.size > mostBytes) {
    throw DataError.at(path, `has ${stats.size} bytes, at most ${mostBytes} are read`, {
      hint: 'split the file, and list the parts: "path": [...]',
      value: stats.size,
    });
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(place);
  } catch (cause) {
    throw DataError.at(path, `cannot be read: ${(cause as Error).message}`, { cause, hint: "expected a readable file" });
  }
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
