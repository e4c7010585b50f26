import { canonicalJson } from "@steepest/core";
import {
  catalog,
  type DescribedRun,
  type ExperimentDefinition,
  type Row,
  type RunRecord,
  runsOf,
  type Verdict,
  verdicts,
} from "@steepest/experiments";

/** A complete run, with its content and lineage. */
export interface CompleteRun {
  readonly study: string;
  readonly segments: readonly string[];
  readonly arm: string;
  readonly described: DescribedRun;
  /** The definition as canonical JSON. */
  readonly definitionText: string;
  /** The version of the numerics and the hashes of the data files: runs are compared only where these are equal. */
  readonly lineage: string;
}

export interface StudyClaims {
  readonly question: string;
  readonly source: string;
  /** The seeds under which every arm is complete, by which the claims are judged. */
  readonly seeds: readonly number[];
  readonly claims: readonly Verdict[];
}

/** Reads the rows of a run whose claims are judged; undefined if they cannot be used. */
export type RowsOf = (run: CompleteRun) => Promise<readonly Row[] | undefined>;

/**
 * The claims of a catalog experiment, judged by the runs on disk that are exactly the catalog's, in full or in the `--quick` version, whichever is
 * there, and of one lineage: that of the most complete seeds, of equals the last in order of name; undefined for other studies, since a run folder does not hold the claims that were made about it.
 */
export async function studyClaims(study: string, runs: readonly CompleteRun[], rowsOf: RowsOf): Promise<StudyClaims | undefined> {
  const entry = catalog.get(study);
  if (!entry) return undefined;
  for (const definition of [entry.definition, { ...entry.definition, ...entry.quick }]) {
    let most: StudyClaims | undefined;
    for (const lineage of new Set(runs.map((run) => run.lineage))) {
      const ofLineage = runs.filter((run) => run.lineage === lineage);
      const claims = await judged(definition, ofLineage, rowsOf);
      if (claims && claims.seeds.length >= (most?.seeds.length ?? 1)) most = claims;
    }
    if (most) return most;
  }
  return undefined;
}

async function judged(definition: ExperimentDefinition, runs: readonly CompleteRun[], rowsOf: RowsOf): Promise<StudyClaims | undefined> {
  const byDefinition = new Map(runs.map((run) => [run.definitionText, run]));
  const candidates = [...new Set([...definition.seeds, ...runs.map((run) => run.described.run.seed)])].sort((a, b) => a - b);
  const seeds: number[] = [];
  const records: RunRecord[] = [];
  for (const seed of candidates) {
    const planned = runsOf({ ...definition, seeds: [seed] }).map(({ arm, run }) => ({ arm, found: byDefinition.get(canonicalJson(run)) }));
    if (planned.some(({ found }) => !found)) continue;
    const ofSeed: RunRecord[] = [];
    for (const { arm, found } of planned) {
      const rows = await rowsOf(found!);
      if (rows) ofSeed.push({ arm, seed, rows, ...found!.described.sealed!.end });
    }
    if (ofSeed.length < planned.length) continue;
    seeds.push(seed);
    records.push(...ofSeed);
  }
  if (seeds.length === 0) return undefined;
  const { question, source } = definition;
  return { question, source, seeds, claims: verdicts({ ...definition, seeds }, records) };
}
