import { join } from "node:path";
import { canonicalJson } from "@steepest/core";
import type { RunDefinition, RunEnd } from "@steepest/experiments";
import { parseCompletion, parseJson } from "@steepest/node";
import { containedText, withContained } from "./containedText.js";
import type { FoundRun } from "./runFolders.js";
import type { RunStamp } from "./runStamp.js";
import type { CompleteRun } from "./studyClaims.js";

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

export interface ReadRun {
  readonly indexed: IndexedRun;
  readonly complete?: CompleteRun;
}

/** Reads what describes a run, which is not its rows: their number and hash are what outcome.json says. Whatever is wrong is the run's problem. */
export async function indexedRun(root: string, found: FoundRun, stamp: RunStamp): Promise<ReadRun> {
  if (found.problem !== undefined) return damaged(found, found.problem);
  if (stamp["outcome.json"] === undefined) return { indexed: { ...knownOf(found), complete: false } };
  try {
    return await completeRun(root, found);
  } catch (error) {
    return damaged(found, (error as Error).message);
  }
}

/** The run as one that cannot be used. */
export function damaged(found: FoundRun, problem: string): ReadRun {
  return { indexed: { ...knownOf(found), complete: false, problem } };
}

async function completeRun(root: string, found: FoundRun): Promise<ReadRun> {
  const { study, segments } = found;
  const text = (name: string) => containedText(root, [...segments, name]);
  const pathOf = (name: string) => join(root, ...segments, name);
  const completion = parseCompletion(pathOf("outcome.json"), await text("outcome.json"));
  const definition = parseJson(pathOf("definition.json"), await text("definition.json"));
  for (const name of ["environment.json", "rows.jsonl"]) await withContained(root, [...segments, name], () => {}); // as who opens the run will
  const { outcome: end, rowCount, resultHash } = completion;
  if (!isEnd(end) || !isDefinition(definition)) return damaged(found, `${join(root, ...segments)}: holds another kind of run`);
  const known = knownOf(found);
  const { seed } = definition;
  return {
    indexed: { ...known, seed, complete: true, outcome: end.outcome, rowCount, resultHash },
    complete: { study, segments, arm: known.arm, definition, definitionText: canonicalJson(definition), end, completion },
  };
}

function isEnd(value: unknown): value is RunEnd {
  const { outcome } = (value ?? {}) as Partial<RunEnd>;
  return typeof outcome?.kind === "string" && Number.isSafeInteger(outcome.step);
}

function isDefinition(value: unknown): value is RunDefinition {
  const { arm, seed } = (value ?? {}) as Partial<RunDefinition>;
  return typeof arm === "object" && Number.isSafeInteger(seed);
}

/** "sign-s0-0123456789ab": arm, seed, and the start of a hash. */
const folderName = /^(?<arm>.+)-s(?<seed>\d+)-[0-9a-f]{12}$/;

/** What the names of the folders say. */
function knownOf({ study, segments }: FoundRun): Pick<IndexedRun, "path" | "study" | "arm" | "seed"> {
  const name = segments.at(-1)!;
  const { arm = name, seed } = folderName.exec(name)?.groups ?? {};
  return { path: segments.map(encodeURIComponent).join("/"), study, arm, seed: seed === undefined ? undefined : Number(seed) };
}
