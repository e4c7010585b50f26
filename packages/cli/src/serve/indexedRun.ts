import { join } from "node:path";
import { canonicalJson, isSteepestError } from "@steepest/core";
import { parseJson, parseRunName, type RecordFile } from "@steepest/core/internal";
import { type DescribedRun, parseDescribedRun, type RunEnd } from "@steepest/experiments";
import { textHash } from "@steepest/node";
import { containedText, withContained } from "./containedText.js";
import type { FoundRun } from "./runFolders.js";
import type { RunStamp } from "./runStamp.js";
import type { CompleteRun } from "./studyClaims.js";

/** One run folder as `/runs/index.json` lists it. */
export interface IndexedRun {
  /** Path below `/runs/`: `<path>/rows.jsonl` are its rows. */
  readonly path: string;
  readonly study: string;
  readonly arm: string;
  readonly seed: number | undefined;
  readonly complete: boolean;
  readonly outcome?: RunEnd["outcome"];
  readonly rowCount?: number;
  readonly resultHash?: string;
  /** Reason why a folder that claims to be complete cannot be used. */
  readonly problem?: string;
}

export interface ReadRun {
  readonly indexed: IndexedRun;
  readonly complete?: CompleteRun;
  /** true: the problem is the system's, such as too many open files, and may be over although no file has changed. */
  readonly isPassing?: boolean;
}

/** Reads the description of a run without its rows: their number and hash are those of outcome.json. Any fault becomes the run's problem. */
export async function indexedRun(root: string, found: FoundRun, stamp: RunStamp): Promise<ReadRun> {
  if (found.problem !== undefined) return damaged(found, found.problem);
  if (stamp["outcome.json"] === undefined) return { indexed: { ...knownOf(found), complete: false } };
  try {
    return await completeRun(root, found);
  } catch (error) {
    return { ...damaged(found, (error as Error).message), isPassing: !isSteepestError(error) };
  }
}

/** The run as one that cannot be used. */
export function damaged(found: FoundRun, problem: string): ReadRun {
  return { indexed: { ...knownOf(found), complete: false, problem } };
}

async function completeRun(root: string, found: FoundRun): Promise<ReadRun> {
  const { study, segments } = found;
  const pathOf = (file: RecordFile): string => join(root, ...segments, file);
  const json = async (file: RecordFile) => parseJson(pathOf(file), await containedText(root, [...segments, file]));
  const outcome = await json("outcome.json");
  const definition = await json("definition.json");
  const environment = await json("environment.json");
  const described = parseDescribedRun({ pathOf, name: segments.at(-1), definition, environment, outcome }, textHash);
  await withContained(root, [...segments, "rows.jsonl"], () => {}); // as who opens the run will
  const { end, rowCount, resultHash } = described.sealed!;
  const known = knownOf(found);
  const { seed } = described.run;
  return {
    indexed: { ...known, seed, complete: true, outcome: end.outcome, rowCount, resultHash },
    complete: { study, segments, arm: known.arm, described, definitionText: canonicalJson(described.run), lineage: lineageOf(described) },
  };
}

function lineageOf({ environment: { numerics, data } }: DescribedRun): string {
  return canonicalJson([numerics ?? null, (data as { readonly files?: unknown } | undefined)?.files ?? null]);
}

/** The members of a run that the names of its folders give. */
function knownOf({ study, segments }: FoundRun): Pick<IndexedRun, "path" | "study" | "arm" | "seed"> {
  const name = segments.at(-1)!;
  const { arm, seed } = parseRunName(name) ?? { arm: name, seed: undefined };
  return { path: segments.map(encodeURIComponent).join("/"), study, arm, seed };
}
