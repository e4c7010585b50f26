import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@steepest/core";
import { StorageError } from "@steepest/node";
import { expect, test } from "vitest";
import { readRuns } from "../../src/runs/readRuns.js";
import { steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder } from "../support/study.js";

test("runs of a study and of several, each once, under names that tell them apart", async () => {
  const cwd = folderWith();
  for (const setting of ["network.hidden=[4]", "network.hidden=[5]"]) {
    expect((await steepest(["run", "tiny.json", "--set", setting], { cwd })).code).toBe(0);
  }
  const study = join(cwd, "runs", "tiny");
  const arms = [...new Set(readRuns([study]).map(({ arm }) => arm))];
  expect(arms).toEqual(
    expect.arrayContaining(["gradient (network.hidden.0=4)", "gradient (network.hidden.0=5)", "sign (network.hidden.0=4)"]),
  );
  const [first] = readRuns([study]);
  expect(readRuns([study, first!.path, join(study, ".")])).toEqual(readRuns([study]));
  expect(readRuns([first!.path])[0]!.arm).toBe(/^(\w+)/.exec(first!.arm)![1]);
  mkdirSync(join(cwd, "runs", "other"));
  cpSync(first!.path, join(cwd, "runs", "other", first!.name), { recursive: true });
  expect(new Set(readRuns([join(cwd, "runs")]).map((run) => run.arm.split("/")[0]))).toEqual(new Set(["tiny", "other"]));
});

test("of a study, the longer run stands for the shorter that it continues, unless that is asked for by its own folder", async () => {
  const cwd = folderWith();
  for (const steps of [7, 60, 40]) expect((await steepest(["run", "tiny.json", "--set", `stop.steps=${steps}`], { cwd })).code).toBe(0);
  const study = join(cwd, "runs", "tiny");
  const kept = readRuns([study]);
  expect(kept.map(({ arm, seed, run }) => [arm, seed, run.stop.steps])).toEqual([
    ["gradient", 0, 60],
    ["gradient", 1, 60],
    ["sign", 0, 60],
    ["sign", 1, 60],
  ]);
  const shorter = readdirSync(study)
    .map((name) => join(study, name))
    .find((path) => existsSync(join(path, "definition.json")) && readRuns([path])[0]!.run.stop.steps === 7)!;
  expect(
    readRuns([study, shorter])
      .map(({ run }) => run.stop.steps)
      .sort(),
  ).toEqual([60, 60, 60, 60, 7]);
});

test("of runs that are the same but for the version that made them, one stands for all", async () => {
  const cwd = folderWith();
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const study = join(cwd, "runs", "tiny");
  const runs = readRuns([study]);
  for (const { path } of runs) cpSync(path, path.replace(/[0-9a-f]{12}$/, "0123456789ab"), { recursive: true });
  expect(readRuns([study]).map(({ arm, seed }) => [arm, seed])).toEqual(runs.map(({ arm, seed }) => [arm, seed]));
});

test("facts of files tell runs apart only where nothing that the definition says does", async () => {
  const cwd = folderWith();
  const samples = (shift: number): string =>
    Array.from({ length: 8 }, (_, i) => `${i + shift},${(i * i) % 5},${i < 4 ? "rock" : "mine"}\n`).join("");
  const tiny = JSON.parse(readFileSync(join(cwd, "tiny.json"), "utf8"));
  const dataset = { kind: "file", path: "data.csv", label: 2, classes: ["rock", "mine"] };
  writeFileSync(join(cwd, "own.json"), JSON.stringify({ ...tiny, id: "own", dataset: { ...dataset, contradictions: "keep" } }));
  const armsAfter = async (shift: number, ...settings: string[]): Promise<readonly string[]> => {
    writeFileSync(join(cwd, "data.csv"), samples(shift));
    expect(await steepest(["run", "own.json", ...settings.flatMap((one) => ["--set", one])], { cwd })).toMatchObject({ code: 0 });
    return [...new Set(readRuns([join(cwd, "runs", "own")]).map(({ arm }) => arm))];
  };
  await armsAfter(0);
  const prepared = await armsAfter(0, 'dataset.prepare=["standardize"]');
  expect(prepared).toHaveLength(4);
  for (const arm of prepared) expect(arm).not.toContain("facts");
  expect((await armsAfter(1)).filter((arm) => arm.includes("dataset.facts."))).not.toHaveLength(0);
});

test("a folder without a run, or none, is refused", () => {
  const empty = temporaryFolder();
  expect(() => readRuns([empty])).toThrow(`${empty}: holds no run`);
  expect(() => readRuns([join(empty, "none")])).toThrow("does not exist");
  writeFileSync(join(empty, "rows.jsonl"), "");
  expect(() => readRuns([join(empty, "rows.jsonl")])).toThrow(DataError);
  mkdirSync(join(empty, "odd", "definition.json"), { recursive: true });
  expect(() => readRuns([join(empty, "odd")])).toThrow(StorageError);
});
