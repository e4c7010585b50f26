import { dirname, resolve } from "node:path";
import { DefinitionError, isSteepestError } from "@steepest/core";
import {
  catalog,
  type ExperimentDefinition,
  modulePlaces,
  parseDefinition,
  plainTree,
  resolveDefinition,
  suggestion,
} from "@steepest/experiments";
import { datasetFiles } from "../imageFiles.js";
import { tellModules } from "../moduleFile.js";
import type { ProgressChoice } from "../progress/choose.js";
import { admitInThread } from "./admitInThread.js";
import { readDefinitionFile, readStandardInput } from "./definitionFile.js";
import { plainJson } from "./plainJson.js";

/** Changes that the command line makes to a definition. */
export interface Changes {
  /** `path=value`, the value as JSON or, where it is none, as a string. */
  readonly set: readonly string[];
  /** Replaces the seeds. */
  readonly seeds: readonly number[];
}

/**
 * A definition by the id of the catalog or from a JSON file, changed and checked.
 *
 * @throws DefinitionError
 */
export function loadDefinition(target: string, changes: Changes): ExperimentDefinition {
  return parseDefinition(withChanges(target, writtenDefinition(target), changes));
}

/**
 * A definition by the id of the catalog, from a JSON file, or with "-" from the standard input, changed and checked. The modules that it names are run, and asked
 * a few laws, in a thread of their own: nothing of their code is in this one.
 *
 * @param progress  how the command speaks on stderr
 * @throws DefinitionError, DataError
 */
export async function loadTarget(target: string, changes: Changes, progress: ProgressChoice = "plain"): Promise<ExperimentDefinition> {
  const { name, value } =
    target === "-" ? { name: "standard input", value: await readStandardInput() } : { name: target, value: writtenDefinition(target) };
  const changed = withChanges(name, value, changes);
  const base = baseOf(target);
  const hasModules = modulePlaces(changed).length > 0;
  return parseDefinition(
    hasModules
      ? await admitInThread({ value: changed, base }, tellModules(progress))
      : await resolveDefinition(changed, datasetFiles(base)),
  );
}

/** The folder that paths in a definition start from: that of its file, for another definition the current one. */
export const baseOf = (target: string | undefined): string =>
  target === undefined || target === "-" || catalog.has(target) ? process.cwd() : dirname(resolve(target));

const writtenDefinition = (target: string): unknown => catalog.get(target)?.definition ?? readFile(target);

function withChanges(name: string, value: unknown, changes: Changes): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw DefinitionError.at(name, "must hold a JSON object, the definition");
  }
  const raw = plainTree(value) as Record<string, unknown>;
  for (const assignment of changes.set) assign(raw, assignment);
  if (changes.seeds.length > 0) raw.seeds = changes.seeds;
  return raw;
}

function readFile(target: string): unknown {
  let cause: unknown;
  try {
    const value = readDefinitionFile(target);
    if (value !== undefined) return requireExperiment(target, value);
  } catch (error) {
    if (isSteepestError(error)) throw error;
    cause = error;
  }
  throw DefinitionError.at(target, "neither an experiment of the catalog nor a definition file that can be read", {
    cause,
    hint: suggestion(target, [...catalog.keys()]),
  });
}

/** Refuses the definition that a run folder holds, which is that of one run. @throws DefinitionError */
function requireExperiment(target: string, value: unknown): unknown {
  const isRecorded = typeof value === "object" && value !== null && "arm" in value && "seed" in value && !("arms" in value);
  if (!isRecorded) return value;
  throw DefinitionError.at(target, "is what a run has recorded of its definition, of one arm under one seed, and no experiment", {
    hint: `give the experiment's own file, whose folder its paths start from; steepest show ${dirname(target)} prints the run, steepest certify asks how near its end is to a KKT point`,
  });
}

/** Sets `arms.gradient.step.size=0.01`; the schema refuses what it does not know. Keys that contain dots are found as well. */
function assign(definition: Record<string, unknown>, assignment: string): void {
  const equals = assignment.indexOf("=");
  if (equals < 1) {
    throw DefinitionError.at("--set", `must be path=value, got "${assignment}"`, { value: assignment, hint: "e.g. --set stop.steps=1000" });
  }
  const path = assignment.slice(0, equals).replace(/\[(\d+)\]/g, ".$1"); // claims[0].factor, as messages write it
  let target: Record<string, unknown> = definition;
  let rest = path;
  for (;;) {
    const key = longestKey(target, rest);
    if (key === rest) break;
    const inner = Object.hasOwn(target, key) ? target[key] : undefined;
    if (typeof inner !== "object" || inner === null) {
      throw new DefinitionError(`--set ${path}: there is nothing at "${key}" to set a part of`, {
        path,
        value: assignment,
        hint: suggestion(key, Object.keys(target)),
      });
    }
    target = inner as Record<string, unknown>;
    rest = rest.slice(key.length + 1);
  }
  // Not an assignment: the key "__proto__" must come out as an unknown key like any other.
  Object.defineProperty(target, rest, {
    value: settingOf(path, assignment.slice(equals + 1)),
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** The longest existing key that `rest` starts with, or its first segment. */
function longestKey(target: Record<string, unknown>, rest: string): string {
  const existing = Object.keys(target).filter((key) => rest === key || rest.startsWith(`${key}.`));
  return existing.sort((a, b) => b.length - a.length)[0] ?? rest.split(".", 1)[0]!;
}

/** The value of a setting: JSON, or else the text itself. */
function settingOf(path: string, text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  return plainJson(`--set ${path}`, text, path);
}
