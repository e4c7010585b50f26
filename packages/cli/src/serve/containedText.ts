import { join } from "node:path";
import { DataError } from "@steepest/core";
import { type ContainedFile, containedFile } from "./containedFile.js";
import { isRefusal } from "./refusal.js";

/** Largest size of a JSON file of a run: far above that of any real one, and read without delaying other requests. */
const mostBytes = 2 ** 24;

/** The text of a JSON file below `root`. @throws DataError  if the file may not be served, or is too long to describe a run */
export async function containedText(root: string, segments: readonly string[]): Promise<string> {
  return withContained(root, segments, async ({ handle, size, name }) => {
    if (size <= mostBytes) return await handle.readFile("utf8");
    throw DataError.at(name, `has ${size} bytes, expected at most ${mostBytes}`, { value: size });
  });
}

/** Calls `use` with an open file below `root`, and closes it. @throws DataError  if the file may not be served */
export async function withContained<T>(
  root: string,
  segments: readonly string[],
  use: (file: ContainedFile) => T | Promise<T>,
): Promise<T> {
  const file = await containedFile(root, segments);
  if (isRefusal(file)) {
    const path = join(root, ...segments);
    throw DataError.at(path, file.reason);
  }
  try {
    return await use(file);
  } finally {
    await file.handle.close();
  }
}
