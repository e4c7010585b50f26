import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { StorageError } from "@steepest/node";

/** Writes a file of text or bytes as a whole, or not at all. @throws StorageError  naming it, if the file system refuses */
export function writeOutput(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`; // another process may be writing the same
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    if (existsSync(temporary)) rmSync(temporary); // where there is none, its folder may be a file, which rmSync minds
    throw StorageError.at(path, `cannot be written: ${(cause as Error).message}`, { value: (cause as NodeJS.ErrnoException).code, cause });
  }
}
