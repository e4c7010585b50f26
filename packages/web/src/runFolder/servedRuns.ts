import { DataError } from "@steepest/core";
import type { Verdict } from "@steepest/experiments";
import type { RunFile, RunFiles } from "./runFiles.js";

/** A run as `/runs/index.json` of `steepest serve` lists it. */
export interface ServedRun {
  readonly path: string;
  readonly study: string;
  readonly arm: string;
  readonly seed?: number;
  readonly complete: boolean;
  readonly outcome?: { readonly kind: string; readonly step: number };
  readonly rowCount?: number;
  readonly resultHash?: string;
  readonly problem?: string;
}

export interface ServedRuns {
  readonly runs: readonly ServedRun[];
  readonly studies: Readonly<
    Record<string, { readonly question: string; readonly seeds: readonly number[]; readonly claims: readonly Verdict[] }>
  >;
}

/**
 * What `steepest serve` has to open; undefined where the page comes from another server.
 *
 * @param base  of the page, such as `document.baseURI`
 */
export async function servedRuns(base: string | URL): Promise<ServedRuns | undefined> {
  const response = await fetch(new URL("runs/index.json", base));
  if (!response.ok || !response.headers.get("content-type")?.startsWith("application/json")) return undefined;
  return (await response.json()) as ServedRuns;
}

/** The files of a served run; each is fetched when it is read. */
export function servedRunFiles(base: string | URL, { path, study, complete, problem }: ServedRun): RunFiles {
  const names = ["definition.json", "rows.jsonl", "environment.json", ...(complete ? ["outcome.json"] : [])];
  const folder = path.split("/").map(decodeURIComponent);
  const shown = folder.length > 1 ? folder.join("/") : `${study}/${folder[0]}`;
  const file = (name: string): RunFile => ({
    path: `${shown}/${name}`,
    bytes: async () => {
      if (problem !== undefined)
        throw new DataError(problem, { path: shown, hint: "steepest serve found it; repair or remove the folder" });
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
