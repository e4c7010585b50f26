import { join } from "node:path";
import { isSteepestError } from "@steepest/core";
import type { RunDefinition, RunEnd, RunRecord } from "@steepest/experiments";
import { readRunFolder } from "@steepest/node";
import { type FoundRun, runFolders } from "./runFolders.js";
import { type CompleteRun, type StudyClaims, studyClaims } from "./studyClaims.js";

/** One run folder as `/runs/index.json` lists it. */
export interface IndexedRun {
  /** Below `/runs/`: `<path>/rows.jsonl` are its rows. */
  readonly path: string;
  readonly study: string;
  readonly arm: string;
  readonly seed: number | undefined;
  readonly complete: boolean;
  readonly outcome?: RunEnd["outcome"];
  readonly rowCount?: number;
  readonly resultHash?: string;
  /** Why a folder that says it is complete cannot be used. */
  readonly problem?: string;
}

export interface RunIndex {
  readonly runs: readonly IndexedRun[];
  /** Of the studies that are in the catalog, by id. */
  readonly studies: Readonly<Record<string, StudyClaims>>;
}

/** Reads every run below `root`; a damaged one is listed with its problem. */
export async function runIndex(root: string): Promise<RunIndex> {
  const read = (await runFolders(root)).map((found) => readRun(root, found));
  const complete = read.flatMap(({ run }) => run ?? []);
  const studies = [...new Set(complete.map(({ study }) => study))].flatMap((study) => {
    const claims = studyClaims(
      study,
      complete.filter((run) => run.study === study),
    );
    return claims ? [[study, claims] as const] : [];
  });
  return { runs: read.map(({ indexed }) => indexed), studies: Object.fromEntries(studies) };
}

/** "sign-s0-0123456789ab": arm, seed, and the start of a hash. */
const runFolderName = /^(?<arm>.+)-s(?<seed>\d+)-[0-9a-f]{12}$/;

function readRun(root: string, { study, segments }: FoundRun): { readonly indexed: IndexedRun; readonly run?: CompleteRun } {
  const name = segments.at(-1)!;
  const { arm = name, seed } = runFolderName.exec(name)?.groups ?? {};
  const known = { path: segments.map(encodeURIComponent).join("/"), study, arm, seed: seed === undefined ? undefined : Number(seed) };
  try {
    const folder = readRunFolder(join(root, ...segments));
    if (!folder) return { indexed: { ...known, complete: false } };
    const { resultHash } = folder;
    const rows = folder.rows as unknown as RunRecord["rows"];
    const end = folder.outcome as RunEnd | null;
    const definition = folder.definition as RunDefinition | null;
    if (!end?.outcome || !definition?.arm) return { indexed: { ...known, complete: false, problem: "holds another kind of run" } };
    return {
      indexed: { ...known, seed: definition.seed, complete: true, outcome: end.outcome, rowCount: rows.length, resultHash },
      run: { study, definition, record: { arm, seed: definition.seed, rows, ...end } },
    };
  } catch (error) {
    if (!isSteepestError(error)) throw error;
    return { indexed: { ...known, complete: false, problem: error.message } };
  }
}
