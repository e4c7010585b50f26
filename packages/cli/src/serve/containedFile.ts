import { type FileHandle, open, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { type Refusal, refusal } from "./refusal.js";

/** A regular file, open for reading. */
export interface ContainedFile {
  readonly handle: FileHandle;
  readonly size: number;
  /** As it was asked for: what a content type is chosen by. */
  readonly name: string;
}

/**
 * Opens the file at `segments` below `root`, unless a symbolic link leads out of it.
 *
 * @param segments  plain names, from `requestPath`
 */
export async function containedFile(root: string, segments: readonly string[]): Promise<ContainedFile | Refusal> {
  const path = join(root, ...segments);
  let handle: FileHandle | undefined;
  try {
    const [realRoot, realPath] = await Promise.all([realpath(root), realpath(path)]);
    const inside = relative(realRoot, realPath);
    if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside))
      return refusal(403, "the file lies outside the served folder");
    handle = await open(realPath, "r");
    const status = await handle.stat();
    if (status.isFile()) return { handle, size: status.size, name: path };
    await handle.close();
    return notThere;
  } catch (error) {
    await handle?.close();
    if (absent.includes((error as NodeJS.ErrnoException).code ?? "")) return notThere;
    throw error;
  }
}

const notThere = refusal(404, "there is no such file");

/** What a file system says about a name that it does not hold or does not show. */
const absent: readonly string[] = ["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "EPERM", "ENAMETOOLONG", "ELOOP", "ENXIO"];
