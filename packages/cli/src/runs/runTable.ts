import { canonicalJson } from "@steepest/core";
import { parseRunName } from "@steepest/core/internal";
import type { Column } from "@steepest/formats";
import type { RunOfMany } from "./readRuns.js";

/** A value of a cell; undefined where a run has none. */
type Cell = number | string | undefined;

/**
 * All rows of runs as one table, in the order of the runs and of their steps:
 *
 *   study, arm, seed, members of the definitions that differ between the runs ("arm.step.size"), step, probes
 *
 * Columns of differing members hold numbers where each run that has the member has a number, else texts: those of JSON, without quotes around a text. A run without
 * such a member, or without a probe, has no value there.
 *
 * @param runs  runs, complete or not
 * @returns the columns, one value per row of a run
 */
export function runTable(runs: readonly RunOfMany[]): readonly Column[] {
  const perRun = (name: string, cellOf: (run: RunOfMany) => Cell): Column =>
    columnOf(
      name,
      runs.flatMap((run) => {
        const cell = cellOf(run);
        return run.rows.map(() => cell);
      }),
      runs.map(cellOf),
    );
  const perRow = (name: string): Column => columnOf(name, rowCells(runs, name), [0]);
  const probes = [...new Set(runs.flatMap(({ run }) => run.record.probes))];
  return [
    perRun("study", ({ study }) => study),
    perRun("arm", ({ name }) => parseRunName(name)?.arm ?? name),
    perRun("seed", ({ seed }) => seed),
    ...sweptMembers(runs).map(({ path, cellOf }) => perRun(path, cellOf)),
    ...["step", ...probes].map(perRow),
  ];
}

const rowCells = (runs: readonly RunOfMany[], name: string): number[] => runs.flatMap(({ rows }) => rows.map((row) => row[name]!));

/** A column of cells. @param kinds  cells that decide whether it holds numbers */
function columnOf(name: string, cells: readonly Cell[], kinds: readonly Cell[]): Column {
  const isNumeric = kinds.every((cell) => typeof cell !== "string");
  const gaps = cells.includes(undefined) ? { missing: Uint8Array.from(cells, (cell) => (cell === undefined ? 1 : 0)) } : {};
  const values = isNumeric ? Float64Array.from(cells, (cell) => (cell as number | undefined) ?? Number.NaN) : cells.map(cellText);
  return { name, values, ...gaps };
}

const cellText = (cell: Cell): string => (typeof cell === "number" ? canonicalJson(cell) : (cell ?? ""));

interface SweptMember {
  /** Its place in definition.json: "arm.step.size". */
  readonly path: string;
  readonly cellOf: (run: RunOfMany) => Cell;
}

/** Members of the definitions, the seed aside, that are not equal in all runs; in the order in which they are met. */
function sweptMembers(runs: readonly RunOfMany[]): readonly SweptMember[] {
  const leaves = new Map(runs.map((run) => [run, leavesOf(unseeded(run))] as const));
  const paths = new Set([...leaves.values()].flatMap((found) => [...found.keys()]));
  const textOf = (run: RunOfMany, path: string): string | undefined => {
    const value = leaves.get(run)!.get(path);
    return value === undefined ? undefined : canonicalJson(value);
  };
  return [...paths]
    .filter((path) => runs.some((run) => textOf(run, path) !== textOf(runs[0]!, path)))
    .map((path) => ({ path, cellOf: (run) => cellOf(leaves.get(run)!.get(path)) }));
}

const unseeded = ({ run: { seed: _, ...rest } }: RunOfMany): object => rest;

const cellOf = (value: unknown): Cell =>
  value === undefined || typeof value === "number" || typeof value === "string" ? value : canonicalJson(value);

/** The members of a definition that hold no further members, by their paths; lists are values. */
function leavesOf(value: object, path = ""): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    const here = path === "" ? key : `${path}.${key}`;
    if (typeof member === "object" && member !== null && !Array.isArray(member)) {
      for (const [inner, leaf] of leavesOf(member, here)) found.set(inner, leaf);
    } else if (member !== undefined) found.set(here, member);
  }
  return found;
}
