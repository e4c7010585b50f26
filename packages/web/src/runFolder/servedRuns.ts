import { DataError } from "@steepest/core";
import type { RunFile, RunFiles } from "./runFiles.js";

/** What the page reads of a run as `/runs/index.json` of `steepest serve` lists it. */
export interface ServedRun {
  readonly path: string;
  readonly study: string;
  readonly complete: boolean;
}

/**
 * What `steepest serve` has to open; undefined where the page comes from another server.
 *
 * @param base  of the page, such as `document.baseURI`
 * @throws DataError  if the list cannot be fetched
 */
export async function servedRuns(base: string | URL): Promise<readonly ServedRun[] | undefined> {
  const url = new URL("runs/index.json", base);
  try {
    const response = await fetch(url);
    if (!response.ok || !response.headers.get("content-type")?.startsWith("application/json")) return undefined;
    return ((await response.json()) as { readonly runs: readonly ServedRun[] }).runs;
  } catch (cause) {
    const { message } = cause as Error;
    const hint = "is steepest serve still running?";
    throw new DataError(`${url.href}: the list of runs cannot be fetched: ${message}`, { path: url.href, cause, hint });
  }
}

/** The files of a served run; each is fetched when it is read. */
export function servedRunFiles(base: string | URL, { path, study, complete }: ServedRun): RunFiles {
  const names = ["definition.json", "rows.jsonl", "environment.json", ...(complete ? ["outcome.json"] : [])];
  const folder = path.split("/").map(decodeURIComponent);
  const shown = folder.length > 1 ? folder.join("/") : `${study}/${folder[0]}`;
  const file = (name: string): RunFile => ({
    path: `${shown}/${name}`,
    bytes: async () => {
      const url = new URL(`runs/${path}/${name}`, base);
      const response = await fetch(url);
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      throw new DataError(`${url.href}: the server answered ${response.status}`, {
        path: url.href,
        value: response.status,
        hint: "the run was moved or removed since it was listed; load the list again",
      });
    },
  });
  return { path: shown, files: new Map(names.map((name) => [name, file(name)])) };
}
