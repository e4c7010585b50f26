import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { canonicalJson, DataError } from "@steepest/core";
import { parseRunName } from "@steepest/core/internal";
import { isBeginningOf, type Row } from "@steepest/experiments";
import { changedMembers } from "./difference.js";
import { isFolder, type ReadRun, readRun } from "./readRun.js";

/** A run among others, under a name that no run of another arm has. */
export interface RunOfMany extends ReadRun {
  readonly study: string;
  /** "sign", or with what tells it from others: "studies/sign", "sign (step.size=0.1)". */
  readonly arm: string;
  readonly seed: number;
}

/** Folders of runs below a folder: itself, those of a study, or those of all studies. */
const mostLevels = 2;

function runFoldersAt(path: string, levels: number): string[] {
  if (existsSync(join(path, "definition.json"))) return [path];
  if (levels === 0 || !isFolder(path)) return [];
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  return folders
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => runFoldersAt(join(path, name), levels - 1));
}

/**
 * The runs in folders: of one run, of a study, or of studies. Each is read once. Runs of one arm that differ in more than their seed are told apart by the
 * members of their definitions that differ. Of a study, a run that another one continues is left out: the longer one has its rows, but for
 * the last one where that is only that of its end; and of runs that are the same but for the version that made them, all but one.
 *
 * @throws DataError     if a folder holds no run, or a complete one that was changed
 * @throws StorageError  if it cannot be read
 */
export function readRuns(targets: readonly string[]): readonly RunOfMany[] {
  const asked = new Set(targets.map((target) => resolve(target)));
  const paths = targets.flatMap((target) => {
    const found = existsSync(target) ? runFoldersAt(target, mostLevels) : [];
    if (found.length === 0) {
      throw DataError.at(target, existsSync(target) ? "holds no run" : "does not exist", {
        hint: "give folders of runs, runs/<study>/<run>, or of a study, runs/<study>",
      });
    }
    return found;
  });
  const unique = [...new Map(paths.map((path) => [resolve(path), path])).values()];
  const runs = unique.map(readRun);
  const families = new Map<string, ReadRun[]>();
  for (const run of runs) families.set(familyOf(run), [...(families.get(familyOf(run)) ?? []), run]);
  return named(
    runs.filter((run) => asked.has(resolve(run.path)) || !families.get(familyOf(run))!.some((other) => isFor(other, run, runs))),
  );
}

/** True if a run is shown in place of another one: it continues that, or is the same, made by another version, and stands first. */
function isFor(other: ReadRun, run: ReadRun, all: readonly ReadRun[]): boolean {
  if (other === run || !continues(other, run)) return false;
  return !continues(run, other) || all.indexOf(other) < all.indexOf(run);
}

/** The study, arm and seed of a run. */
function familyOf({ path, name }: ReadRun): string {
  const parsed = parseRunName(name);
  return join(dirname(resolve(path)), parsed ? `${parsed.arm}-s${parsed.seed}` : name);
}

const isSameRow = (one: Row, other: Row): boolean =>
  Object.keys(one).length === Object.keys(other).length && Object.entries(one).every(([name, value]) => Object.is(value, other[name]));

/** True if a run is another one with a later stop: of the same definition else, with rows that are the other's but for the row at its end. */
function continues(later: ReadRun, earlier: ReadRun): boolean {
  const rows = earlier.rows.slice(0, -1);
  return (
    later.rows.length >= earlier.rows.length &&
    isBeginningOf(earlier.run, later.run) &&
    rows.every((row, i) => isSameRow(row, later.rows[i]!))
  );
}

function named(runs: readonly ReadRun[]): readonly RunOfMany[] {
  const studyOf = ({ path }: ReadRun): string => basename(dirname(resolve(path)));
  const severalStudies = new Set(runs.map(studyOf)).size > 1;
  const armOf = (run: ReadRun): string => {
    const arm = parseRunName(run.name)?.arm ?? run.name;
    return severalStudies ? `${studyOf(run)}/${arm}` : arm;
  };
  return runs.map((run) => {
    const arm = armOf(run);
    const apart = variantText(
      run,
      runs.filter((other) => armOf(other) === arm),
    );
    return { ...run, study: studyOf(run), seed: run.run.seed, arm: apart === "" ? arm : `${arm} (${apart})` };
  });
}

/** Paths of members without those of facts, which follow from the others and from files, unless there are no others. */
function telling(paths: readonly string[]): readonly string[] {
  const written = paths.filter((path) => !path.split(".").includes("facts"));
  return written.length > 0 ? written : paths;
}

/** The members in which a run differs from others of its arm, the seed aside. */
function variantText({ run }: ReadRun, others: readonly ReadRun[]): string {
  const unseeded = ({ seed: _, ...rest }: ReadRun["run"]): object => rest;
  const different = new Set(others.flatMap((other) => telling(changedMembers(unseeded(run), unseeded(other.run)).map(({ path }) => path))));
  return [...different]
    .sort()
    .map((path) => `${path.replace(/^arm\./, "")}=${canonicalJson(memberAt(run, path) ?? null)}`)
    .join(", ");
}

/** The member at a path; undefined where there is none. */
const memberAt = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
