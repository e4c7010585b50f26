import { constants, existsSync } from "node:fs";
import { type FileHandle, open, readlink, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { type Refusal, refusal } from "./refusal.js";

/** A regular file, open for reading. */
export interface ContainedFile {
  readonly handle: FileHandle;
  readonly size: number;
  /** Name in the request, which decides the content type. */
  readonly name: string;
}

/**
 * Opens the file at `segments` below `root`, unless a symbolic link leads out of it. The place of the opened file decides: a link that is
 * put in its way meanwhile is not followed, on Linux wherever it is, elsewhere as the last name. A pipe is refused without waiting for its writer.
 *
 * @param segments  plain names, from `requestPath`
 */
export async function containedFile(root: string, segments: readonly string[]): Promise<ContainedFile | Refusal> {
  const path = join(root, ...segments);
  let handle: FileHandle | undefined;
  try {
    const [realRoot, realPath] = await Promise.all([realpath(root), realpath(path)]);
    if (!isInside(realRoot, realPath)) return outside;
    handle = await open(realPath, readOnly);
    const [status, place] = await Promise.all([handle.stat(), placeOf(handle, path)]);
    const problem = !isInside(realRoot, place) ? outside : !status.isFile() ? noFile : undefined;
    if (!problem) return { handle, size: status.size, name: path };
    await handle.close();
    return problem;
  } catch (error) {
    await handle?.close();
    const known = refusals[(error as NodeJS.ErrnoException).code ?? ""];
    if (known) return known;
    throw error;
  }
}

/** Flags that open a regular file for reading; Windows lacks the last two. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const openFiles = "/proc/self/fd";
const kernelTells = existsSync(openFiles);

/** Path of an open file, which Linux keeps up to date; elsewhere the path that its name leads to now. */
function placeOf({ fd }: FileHandle, path: string): Promise<string> {
  return kernelTells ? readlink(join(openFiles, String(fd))) : realpath(path);
}

function isInside(realRoot: string, path: string): boolean {
  const inside = relative(realRoot, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

const notThere = refusal(404, "there is no such file");
const noFile = refusal(404, "it is not a regular file");
const outside = refusal(403, "the file lies outside the served folder");
const closed = refusal(403, "the file may not be read");

/** Refusals by the error code of the file system, for names that it does not hold or does not show. */
const refusals: Readonly<Record<string, Refusal>> = {
  ENOENT: notThere,
  ENOTDIR: notThere,
  ENAMETOOLONG: notThere,
  ELOOP: notThere,
  EISDIR: noFile,
  ENXIO: noFile,
  ENODEV: noFile,
  EACCES: closed,
  EPERM: closed,
};
