import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { canonicalJson } from "@steepest/core";
import { parseRunName } from "@steepest/core/internal";
import { decisiveMembers, isBeginningOf, type RunDefinition } from "@steepest/experiments";
import type { RecordedRun, ResumeOptions } from "@steepest/node";
import type { PlacedRun } from "./recordedRun.js";

type Members = Readonly<Record<string, unknown>>;

/**
 * Complete runs beside a run that may be its beginning: of the same arm and seed, and, if they are accepted, of the same data and build and a definition that differs in
 * an earlier stop alone.
 */
export function beginningsOf({ arm, seed, run, path, environment }: PlacedRun): ResumeOptions {
  const study = dirname(path);
  const begin = `${arm}-s${seed}-`;
  const isAlike = (name: string): boolean => {
    if (!name.startsWith(begin)) return false; // of thousands of runs
    const parsed = parseRunName(name);
    return parsed !== undefined && parsed.arm === arm && parsed.seed === seed && join(study, name) !== path;
  };
  const earlier = existsSync(study)
    ? readdirSync(study)
        .filter((name) => isAlike(name) && existsSync(join(study, name, "outcome.json")))
        .sort()
        .map((name) => join(study, name))
    : [];
  const accepts = ({ definition, environment: found }: RecordedRun): boolean =>
    isDefinition(definition) &&
    isBeginningOf(definition, run) &&
    decisiveMembers.every((name) => canonicalJson((found as Members)[name] ?? null) === canonicalJson(environment[name] ?? null));
  return { earlier, accepts };
}

/** True for what has a stop rule; the rest of a definition is compared as it is. */
function isDefinition(json: unknown): json is RunDefinition {
  if (typeof json !== "object" || json === null) return false;
  const { stop } = json as { readonly stop?: unknown };
  return typeof stop === "object" && stop !== null;
}
