import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { folderWith } from "../support/study.js";

test("figure draws probes of a study over the step, and over another probe, with their numbers", async () => {
  const cwd = folderWith();
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const overStep = await steepest(["figure", "runs/tiny", "--y", "logRisk", "margin.l2", "--out", "risk"], { cwd });
  expect(overStep).toEqual({ code: 0, signal: null, stderr: "", stdout: "risk.svg\nrisk.png\nrisk.csv\n" });
  expect(readFileSync(join(cwd, "risk.svg"), "utf8")).toMatch(/^<svg/);
  const lines = readFileSync(join(cwd, "risk.csv"), "utf8").trimEnd().split("\n");
  expect(lines[0]).toBe("probe,arm,seeds,step,mean,low,high");
  expect([...new Set(lines.slice(1).map((line) => line.split(",")[0]))]).toEqual(["logRisk", "margin.l2"]);

  const path = await steepest(["figure", "runs/tiny", "--x", "margin.l2", "--y", "logRisk", "--json"], { cwd });
  expect(path).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(path.stdout)).toEqual({ paths: ["figure.svg", "figure.png", "figure.csv"] });
  expect(readFileSync(join(cwd, "figure.csv"), "utf8")).toMatch(/^probe,arm,seed,step,margin\.l2,value\nlogRisk,gradient,0,0,/);
});

test("a figure of the same runs is drawn anew, another file is left as it is unless --force says so", async () => {
  const cwd = folderWith();
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const drawn = (...args: string[]) => steepest(["figure", ...args], { cwd });
  expect((await drawn("runs/tiny", "--y", "logRisk")).code).toBe(0);
  expect((await drawn("runs/tiny", "--y", "margin.l2")).code).toBe(0);
  const others = await drawn("runs/tiny", "--y", "logRisk", "--out", "other");
  expect(others.code).toBe(0);
  writeFileSync(join(cwd, "other.csv"), "mine\n");
  const refused = await drawn("runs/tiny", "--y", "logRisk", "--out", "other");
  expect(refused).toMatchObject({ code: 6, stdout: "" });
  expect(refused.stderr).toBe(
    "error other.csv: exists already, and is left as it is\nhint: --out names other files, --force replaces them\n",
  );
  expect(readFileSync(join(cwd, "other.csv"), "utf8")).toBe("mine\n");
  expect((await drawn("runs/tiny", "--y", "logRisk", "--out", "other", "--force")).code).toBe(0);
  expect(readFileSync(join(cwd, "other.csv"), "utf8")).toMatch(/^probe,arm,/);
});

test("a probe that is not recorded, and a path that cannot be written are refused before anything is written", async () => {
  const cwd = folderWith();
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const none = await steepest(["figure", "runs/tiny", "--y", "margin.l3"], { cwd });
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toMatch(/^error margin\.l3: is not recorded by /);
  writeFileSync(join(cwd, "file"), "");
  const unwritable = await steepest(["figure", "runs/tiny", "--y", "logRisk", "--out", "file/figure"], { cwd });
  expect(unwritable.code).toBe(6);
  expect(existsSync(join(cwd, "figure.csv"))).toBe(false);
});
