import { hardLimits } from "../setup/limits.js";

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e5) / 10} MB`;

/** What a table may have for the page not to stand still over it. */
export const mostSize = `at most ${megabytes(hardLimits.fileBytes)}`;

/** Why a file of so many bytes is not read; undefined where it is. */
export function sizeProblem(bytes: number): string | undefined {
  return bytes > hardLimits.fileBytes ? `the file has ${megabytes(bytes)}` : undefined;
}
