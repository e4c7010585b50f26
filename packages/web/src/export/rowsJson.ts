import { canonicalJson } from "@steepest/core";
import type { ExperimentDefinition, RunRecord } from "@steepest/experiments";

/** A run that may have been stopped before its end. */
type Recorded = Omit<RunRecord, "outcome"> & { readonly outcome?: RunRecord["outcome"] | undefined };

/**
 * A definition with what was recorded, as one canonical JSON document: { definition, runs: [{ arm, seed, rows, outcome, ... }] }. Numbers as in run
 * folders: NaN, Infinity and -Infinity are strings.
 *
 * @throws DefinitionError  if something is not plain data
 */
export function rowsJson(definition: ExperimentDefinition, records: readonly Recorded[]): string {
  const runs = records.map(({ arm, seed, rows, outcome, perfectAccuracyStep, separationStep }) => ({
    arm,
    seed,
    rows,
    outcome,
    perfectAccuracyStep,
    separationStep,
  }));
  return `${canonicalJson({ definition, runs })}\n`;
}
