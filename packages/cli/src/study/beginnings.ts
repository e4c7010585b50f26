import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { canonicalJson, DataError } from "@steepest/core";
import { parseRunName } from "@steepest/core/internal";
import { decisiveMembers, isBeginningOf, type Row, type RunDefinition, type SaveRule } from "@steepest/experiments";
import type { RecordedRun, ResumeOptions, Resumption } from "@steepest/node";
import { type Beginning, lostWeights, weightsPath } from "../save/weightsFile.js";
import type { PlacedRun } from "./recordedRun.js";
import { keptWeights } from "./runCheckpoint.js";

type Members = Readonly<Record<string, unknown>>;

/**
 * Runs beside a run that may be its beginning, interrupted ones too: of the same arm and seed, and, if they are accepted, of the same data and build and a definition that
 * differs in an earlier stop alone, with the weights that are saved of the rows up to there.
 *
 * @param options  `fresh`: none but an interrupted attempt at the run itself. `save`: the rules by which weights are saved
 */
export function beginningsOf(
  { arm, seed, run, path, environment }: PlacedRun,
  { fresh, save }: { readonly fresh: boolean; readonly save: readonly SaveRule[] },
): ResumeOptions {
  const study = dirname(path);
  const begin = `${arm}-s${seed}-`;
  const isAlike = (name: string): boolean => {
    if (!name.startsWith(begin)) return false; // of thousands of runs
    const parsed = parseRunName(name);
    return parsed !== undefined && parsed.arm === arm && parsed.seed === seed && join(study, name) !== path;
  };
  const alike = existsSync(study) && !fresh ? readdirSync(study).filter(isAlike) : [];
  const earlier = alike.sort().map((name) => join(study, name));
  const accepts = ({ definition, environment: found }: RecordedRun): boolean =>
    isDefinition(definition) &&
    isBeginningOf(definition, run) &&
    decisiveMembers.every((name) => canonicalJson((found as Members)[name] ?? null) === canonicalJson(environment[name] ?? null));
  const lacks = (found: Pick<Resumption, "rows" | "folder" | "checkpoint">): DataError | undefined => {
    const lost = lostWeights(save, beginningOf(found));
    if (!lost) return undefined;
    const [rule, { step }] = lost;
    const path = weightsPath(found.folder, rule, step);
    return DataError.at(path, `does not hold the weights of step ${step}, so that the run cannot go on from there`, { value: step });
  };
  return { earlier, accepts, lacks, fromItself: !fresh };
}

/** The place that a run goes on from. */
export const beginningOf = ({ folder, rows, checkpoint }: Pick<Resumption, "rows" | "folder" | "checkpoint">): Beginning => ({
  folder,
  rows: rows as readonly Row[],
  kept: keptWeights(checkpoint),
});

/** True for what has a stop rule; the rest of a definition is compared as it is. */
function isDefinition(json: unknown): json is RunDefinition {
  if (typeof json !== "object" || json === null) return false;
  const { stop } = json as { readonly stop?: unknown };
  return typeof stop === "object" && stop !== null;
}
