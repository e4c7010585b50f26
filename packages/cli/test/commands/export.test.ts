import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readTable, tableWriters } from "@steepest/formats";
import { describe, expect, test } from "vitest";
import { pythonWith } from "../support/python.js";
import { steepest } from "../support/steepest.js";
import { folderWith } from "../support/study.js";

async function studyFolder(): Promise<string> {
  const cwd = folderWith();
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  return cwd;
}

/** Rows of a run as its folder has them. */
const rowsOf = (cwd: string, run: string): Record<string, number>[] =>
  readFileSync(join(cwd, "runs/tiny", run, "rows.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, number>);
const runsOf = (cwd: string): string[] =>
  readdirSync(join(cwd, "runs/tiny"))
    .filter((name) => /-s\d+-/.test(name))
    .sort();

const python = pythonWith("numpy");

describe("export", () => {
  test("writes the rows of a study in every format, by name and by ending", async () => {
    const cwd = await studyFolder();
    const rows = runsOf(cwd).flatMap((run) => rowsOf(cwd, run));
    for (const { extension } of tableWriters) {
      const out = `rows.${extension}`;
      const said = await steepest(["export", "runs/tiny", "--out", out], { cwd });
      expect(said).toEqual({ code: 0, signal: null, stderr: "", stdout: `${out}: ${rows.length} rows, 12 columns, of 4 runs\n` });
    }
    expect((await steepest(["export", "runs/tiny", "--out", "any", "--format", "npz"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "any")).equals(readFileSync(join(cwd, "rows.npz")))).toBe(true);
    for (const id of ["csv", "parquet"]) {
      const table = await readTable({ name: id, bytes: new Uint8Array(readFileSync(join(cwd, `rows.${id}`))) });
      const names = Array.from({ length: table.columns }, (_, k) => table.nameOf(k));
      expect([...(await table.values(names.indexOf("logRisk")))]).toEqual(rows.map(({ logRisk }) => logRisk));
      expect([...(await table.values(names.indexOf("step")))]).toEqual(rows.map(({ step }) => step));
    }
  });

  test("has a summary as JSON, and tells runs that are not complete", async () => {
    const cwd = await studyFolder();
    const [first] = runsOf(cwd) as [string];
    const rows = rowsOf(cwd, first);
    const partly = join(cwd, "runs/tiny", first);
    rmSync(join(partly, "outcome.json"));
    const text = await steepest(["export", partly, "--out", "a.csv"], { cwd });
    expect(text.stdout).toBe(`a.csv: ${rows.length} rows, 8 columns, of 1 run, 1 of them not complete\n`);
    const json = await steepest(["export", partly, "--out", "a.csv", "--json"], { cwd });
    expect(JSON.parse(json.stdout)).toEqual({
      path: "a.csv",
      format: "csv",
      runs: 1,
      incomplete: 1,
      rows: rows.length,
      columns: ["study", "arm", "seed", "step", "logRisk", "trainAccuracy", "margin.l2", "margin.linf"],
    });
  });

  test("refuses what it cannot do before it writes", async () => {
    const cwd = await studyFolder();
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await steepest(["export", ...args], { cwd });
      expect(stdout).toBe("");
      return [code, stderr.split("\n")[0]];
    };
    expect(await refused("runs/tiny", "--out", "a.txt")).toEqual([
      2,
      "error --format: is missing, and the ending of a.txt does not tell it",
    ]);
    expect(await refused("runs/tiny", "--out", "a", "--format", "parket")).toEqual([
      2,
      'error --format: must be one of csv, json, npz, parquet, safetensors, got "parket"',
    ]);
    expect(await refused("nowhere", "--out", "a.csv")).toEqual([3, "error nowhere: does not exist"]);
    expect((await refused("runs/tiny", "--out", "tiny.json/a.csv"))[0]).toBe(6);
    expect(existsSync(join(cwd, "a.txt")) || existsSync(join(cwd, "a.csv")) || existsSync(join(cwd, "a"))).toBe(false);
  });
});

describe("the program in docs/export.md", () => {
  const guide = readFileSync(new URL("../../../../docs/export.md", import.meta.url), "utf8");
  const [, program] = /```python\n(.*?)```/s.exec(guide)!;

  test("has 15 lines at most", () => expect(program!.trim().split("\n").length).toBeLessThanOrEqual(15));

  test.skipIf(!python)(python ? "reads a run into NumPy" : "SKIPPED, python3 with numpy is not here: reads a run", async () => {
    const cwd = await studyFolder();
    const [first] = runsOf(cwd) as [string];
    const file = join(cwd, "runs/tiny", first, "rows.jsonl");
    const lines = readFileSync(file, "utf8").split("\n");
    lines[1] = lines[1]!.replace(/"logRisk":[^,}]+/, '"logRisk":"NaN"').replace(/"margin.l2":[^,}]+/, '"margin.l2":-0.0');
    lines[2] = lines[2]!.replace(/"logRisk":[^,}]+/, '"logRisk":"-Infinity"');
    writeFileSync(file, `${lines.join("\n")}{"torn`);
    const more = `
for name in run: print(name, run[name].dtype, *[float(value).hex() for value in run[name]])
print(definition["seed"])
`;
    const said = execFileSync(python!, ["-c", program + more, join(cwd, "runs/tiny", first)])
      .toString()
      .trim()
      .split("\n");
    const read = Object.fromEntries(said.slice(0, -1).map((line) => [line.split(" ")[0], line.split(" ").slice(1)]));
    const hex = (values: readonly number[]): string[] =>
      execFileSync(python!, ["-c", "import json,sys\nprint(*[float(v).hex() for v in json.load(sys.stdin)])"], {
        input: JSON.stringify(values),
      })
        .toString()
        .trim()
        .split(" ");
    const rows = lines.slice(0, -1).map((line) => JSON.parse(line) as Record<string, number>);
    expect(Object.keys(read).sort()).toEqual(Object.keys(rows[0]!).sort());
    expect(read.step).toEqual(["float64", ...hex(rows.map(({ step }) => step!))]);
    expect(read["margin.linf"]).toEqual(["float64", ...hex(rows.map((row) => row["margin.linf"]!))]);
    expect(read["margin.l2"]![2]).toBe("-0x0.0p+0");
    expect(read.logRisk!.slice(2, 4)).toEqual(["nan", "-inf"]);
    expect(said.at(-1)).toBe("0");
  });
});
