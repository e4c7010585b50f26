import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readRuns } from "../../src/runs/readRuns.js";
import { runTable } from "../../src/runs/runTable.js";
import { steepest } from "../support/steepest.js";
import { folderWith, tiny } from "../support/study.js";

/** A column as a list, undefined where it has no value. */
const listed = (columns: ReturnType<typeof runTable>, wanted: string): readonly (number | string | undefined)[] => {
  const { values, missing } = columns.find(({ name }) => name === wanted)!;
  return Array.from(values as ArrayLike<number | string>, (value, row) => (missing?.[row] ? undefined : value));
};

test("runs of two studies are one table, with a column for every member that differs", async () => {
  const cwd = folderWith({
    ...tiny,
    id: "other",
    arms: { gradient: { ...tiny.arms.gradient!, step: { rule: "constant", size: 0.1 } } },
    seeds: [7],
    record: { probes: ["logRisk", "alignment"], pointsPerDecade: 4 },
    claims: [],
  });
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const second = folderWith(tiny);
  expect((await steepest(["run", "tiny.json"], { cwd: second })).code).toBe(0);

  const runs = readRuns([join(cwd, "runs/other"), join(second, "runs/tiny")]);
  expect(runs.map(({ path }) => basename(dirname(path)))).toEqual(["other", "tiny", "tiny", "tiny", "tiny"]);
  const columns = runTable(runs);
  const names = columns.map(({ name }) => name);
  expect(names.slice(0, 3)).toEqual(["study", "arm", "seed"]);
  expect(names.slice(names.indexOf("step"))).toEqual(["step", "logRisk", "alignment", "trainAccuracy", "margin.l2", "margin.linf"]);
  const swept = names.slice(3, names.indexOf("step"));
  expect([...swept].sort()).toEqual([
    "arm.optimizer.norm",
    "arm.optimizer.normalized",
    "arm.optimizer.smoothing",
    "arm.step.size",
    "record.probes",
  ]);

  const perRun = (name: string) => runs.map((run) => listed(columns, name)[startOf(run)]);
  const startOf = (run: (typeof runs)[number]): number => runs.slice(0, runs.indexOf(run)).reduce((sum, { rows }) => sum + rows.length, 0);
  expect(perRun("study")).toEqual(["other", "tiny", "tiny", "tiny", "tiny"]);
  expect(perRun("arm")).toEqual(["gradient", "gradient", "gradient", "sign", "sign"]);
  expect(perRun("seed")).toEqual([7, 0, 1, 0, 1]);
  expect(perRun("arm.step.size")).toEqual([0.1, 0.05, 0.05, 0.01, 0.01]);
  expect(perRun("arm.optimizer.normalized")).toEqual(["false", "false", "false", "true", "true"]);
  expect(perRun("arm.optimizer.smoothing")).toEqual([undefined, undefined, undefined, "none", "none"]);
  expect(perRun("record.probes")[0]).toBe('["logRisk","alignment"]');
  // values of every row; a run without a probe has none
  for (const probe of ["step", "logRisk", "alignment", "margin.l2"]) {
    expect(listed(columns, probe)).toEqual(runs.flatMap(({ rows }) => rows.map((row) => row[probe])));
  }
});
