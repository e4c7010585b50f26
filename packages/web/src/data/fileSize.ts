import { hardLimits } from "../setup/limits.js";

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e5) / 10} MB`;

/** Largest table that the page reads without standing still, in words. */
export const mostSize = `at most ${megabytes(hardLimits.fileBytes)}`;

/** Reason why a file of so many bytes is not read; undefined if it is read. */
export function sizeProblem(bytes: number): string | undefined {
  return bytes > hardLimits.fileBytes ? `the file has ${megabytes(bytes)}` : undefined;
}
