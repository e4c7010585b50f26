import { DataError, isSteepestError } from "@steepest/core";
import { recordFiles } from "@steepest/core/internal";
import type { RunFile, RunFiles } from "./runFiles.js";

/** A run as `/runs/index.json` of `steepest serve` lists it, as far as the page reads it. */
export interface ServedRun {
  readonly path: string;
  readonly study: string;
  readonly complete: boolean;
  /** Reason why a folder that claims to be complete cannot be used. */
  readonly problem?: string;
}

/** Longest wait in milliseconds. A server answers at once, or reads the rows of some hundred runs first. */
const patience = 30_000;

/**
 * The runs that `steepest serve` offers; undefined if the page comes from another server: one that does not have the list, or answers with something else
 * than the JSON of a list or the plain text of a refusal.
 *
 * @param base  of the page, such as `document.baseURI`
 * @throws DataError  if the list cannot be fetched
 */
export async function servedRuns(base: string | URL): Promise<readonly ServedRun[] | undefined> {
  const url = new URL("runs/index.json", base);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    const type = response.headers.get("content-type") ?? "";
    if (response.status === 404 || !type.startsWith(response.ok ? "application/json" : "text/plain")) return undefined;
    const text = await response.text();
    if (!response.ok) throw unlisted(url, `the server answered ${response.status}: ${text.trim().slice(0, 500)}`, response.status);
    const { runs } = (JSON.parse(text) ?? {}) as { readonly runs?: readonly ServedRun[] };
    return Array.isArray(runs) ? runs : undefined;
  } catch (cause) {
    if (isSteepestError(cause)) throw cause;
    const { name, message } = cause as Error;
    throw unlisted(url, name === "TimeoutError" ? `there was no answer within ${patience / 1000} seconds` : message, undefined, cause);
  }
}

function unlisted({ href }: URL, problem: string, value: unknown, cause?: unknown): DataError {
  const hint = value === undefined ? "is steepest serve still running?" : "the terminal of steepest serve may say more";
  return DataError.at(href, `the list of runs cannot be fetched: ${problem}`, { value, cause, hint });
}

/** The files of a served run; each is fetched when it is read. */
export function servedRunFiles(base: string | URL, { path, study, complete, problem }: ServedRun): RunFiles {
  const names = recordFiles.filter((name) => complete || name !== "outcome.json");
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
      throw DataError.at(url.href, `the server answered ${response.status}`, {
        value: response.status,
        hint: "the run was moved or removed since it was listed; load the list again",
      });
    },
  });
  return { path: shown, files: new Map(names.map((name) => [name, file(name)])) };
}
