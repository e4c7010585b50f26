import { canonicalJson } from "@steepest/core";
import { catalog, type ExperimentDefinition, type RunRecord, runsOf, type Verdict, verdicts } from "@steepest/experiments";

/** A complete run, with what it was made from. */
export interface CompleteRun {
  readonly study: string;
  readonly definition: unknown;
  readonly record: RunRecord;
}

export interface StudyClaims {
  readonly question: string;
  readonly source: string;
  /** The seeds under which every arm is complete: those that the claims are judged by. */
  readonly seeds: readonly number[];
  readonly claims: readonly Verdict[];
}

/**
 * The claims of a catalog experiment, judged by the runs on disk that are exactly the catalog's, in full or in the `--quick` version, whichever is
 * there; undefined for other studies, since a run folder does not hold the claims that were made about it.
 */
export function studyClaims(study: string, runs: readonly CompleteRun[]): StudyClaims | undefined {
  const entry = catalog.get(study);
  if (!entry) return undefined;
  const versions = [entry.definition, { ...entry.definition, ...entry.quick }];
  return versions.map((definition) => judged(definition, runs)).find((claims) => claims !== undefined);
}

function judged(definition: ExperimentDefinition, runs: readonly CompleteRun[]): StudyClaims | undefined {
  const byDefinition = new Map(runs.map((run) => [canonicalJson(run.definition), run.record]));
  const candidates = [...new Set([...definition.seeds, ...runs.map(({ record }) => record.seed)])].sort((a, b) => a - b);
  const complete = candidates.flatMap((seed) => {
    const records = runsOf({ ...definition, seeds: [seed] }).map(({ arm, run }) => {
      const record = byDefinition.get(canonicalJson(run));
      return record && { ...record, arm };
    });
    return records.every((record) => record !== undefined) ? [{ seed, records }] : [];
  });
  if (complete.length === 0) return undefined;
  const seeds = complete.map(({ seed }) => seed);
  const records = complete.flatMap((found) => found.records);
  const { question, source } = definition;
  return { question, source, seeds, claims: verdicts({ ...definition, seeds }, records) };
}
