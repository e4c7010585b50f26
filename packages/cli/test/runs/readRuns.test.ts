import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@steepest/core";
import { StorageError } from "@steepest/node";
import { expect, test } from "vitest";
import { readRuns } from "../../src/runs/readRuns.js";
import { steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder } from "../support/study.js";

test("runs of a study and of several, each once, under names that tell them apart", async () => {
  const cwd = folderWith();
  for (const setting of ["stop.steps=4", "stop.steps=5"]) {
    expect((await steepest(["run", "tiny.json", "--set", setting], { cwd })).code).toBe(0);
  }
  const study = join(cwd, "runs", "tiny");
  const arms = [...new Set(readRuns([study]).map(({ arm }) => arm))];
  expect(arms).toEqual(expect.arrayContaining(["gradient (stop.steps=4)", "gradient (stop.steps=5)", "sign (stop.steps=4)"]));
  const [first] = readRuns([study]);
  expect(readRuns([study, first!.path, join(study, ".")])).toEqual(readRuns([study]));
  expect(readRuns([first!.path])[0]!.arm).toBe(/^(\w+)/.exec(first!.arm)![1]);
  mkdirSync(join(cwd, "runs", "other"));
  cpSync(first!.path, join(cwd, "runs", "other", first!.name), { recursive: true });
  expect(new Set(readRuns([join(cwd, "runs")]).map((run) => run.arm.split("/")[0]))).toEqual(new Set(["tiny", "other"]));
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
