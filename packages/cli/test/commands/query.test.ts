import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder } from "../support/study.js";

/** True where DuckDB is installed beside the clone, or in a folder of NODE_PATH: no package brings it. */
const hasDuckdb = (() => {
  try {
    return createRequire(import.meta.url).resolve("@duckdb/node-api") !== "";
  } catch {
    return false;
  }
})();
const needing = (what: string): string => (hasDuckdb ? what : `SKIPPED, @duckdb/node-api is not here: ${what}`);

test("without DuckDB the package is asked for by name", async () => {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await steepest(["query", "select 1"], { cwd, env: { NODE_PATH: "" } });
  expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
  expect(stderr).toMatch(/^error @duckdb\/node-api: is not installed; .*\nhint: npm install @duckdb\/node-api$/m);
});

test("a package of that name that does not load is told with its cause", async () => {
  const cwd = temporaryFolder();
  const home = join(cwd, "node_modules/@duckdb/node-api");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "name": "@duckdb/node-api", "version": "1.0.0", "main": "main.js" }');
  writeFileSync(join(home, "main.js"), 'throw new Error("no binary for this machine");');
  const { code, stderr } = await steepest(["query", "select 1"], { cwd });
  expect(code).toBe(5);
  expect(stderr).toMatch(/^error @duckdb\/node-api: does not load from .*main\.js: no binary for this machine$/m);
});

describe("query", () => {
  test.skipIf(!hasDuckdb)(needing("answers by the rows of all runs"), async () => {
    const cwd = folderWith();
    expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
    const study = join(cwd, "runs/tiny");
    const rows = readdirSync(study)
      .filter((name) => name.startsWith("sign-"))
      .flatMap((name) =>
        readFileSync(join(study, name, "rows.jsonl"), "utf8")
          .trimEnd()
          .split("\n"),
      )
      .map((line) => JSON.parse(line) as Record<string, number>);
    const expected = { arm: "sign", n: rows.length, most: Math.max(...rows.map((row) => row["margin.linf"]!)) };
    const sql = `select arm, count(*) as n, max("margin.linf") as most from rows where arm = 'sign' group by arm`;
    const json = await steepest(["query", sql, "--json"], { cwd });
    expect(json).toMatchObject({ code: 0, stderr: "" });
    expect(JSON.parse(json.stdout)).toEqual([expected]);
    const shown = await steepest(["query", sql, "runs/tiny"], { cwd });
    expect(shown.stdout).toMatch(new RegExp(`^arm +n +most\nsign +${rows.length} +\\S+\n$`));
    expect((await steepest(["query", "copy (select step from rows) to 'steps.csv'"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "steps.csv"), "utf8")).toMatch(/^step\n0\.0\n/);
  });

  test.skipIf(!hasDuckdb)(needing("what DuckDB refuses is told in its words, with the columns"), async () => {
    const cwd = folderWith();
    expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
    const { code, stdout, stderr } = await steepest(["query", "select margn from rows"], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error query: Binder Error: .*"margn"/);
    expect(stderr).toContain('hint: columns of rows: study, arm, seed, "arm.');
    const empty = await steepest(["query", " -- nothing"], { cwd });
    expect(empty).toMatchObject({ code: 2, stdout: "" });
    expect(empty.stderr).toMatch(/^error query: holds no statement\n/);
  });
});
