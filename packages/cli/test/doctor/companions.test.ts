import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { browserFinding, duckdbFinding, slurmFinding } from "../../src/doctor/companions.js";
import { temporaryFolder } from "../support/study.js";

test("programs are found on the PATH where they can be executed", () => {
  const folder = temporaryFolder();
  expect(browserFinding(folder).state).toBe("absent");
  expect(slurmFinding(folder).state).toBe("absent");
  writeFileSync(join(folder, "firefox"), "");
  expect(browserFinding(folder).state).toBe("absent");
  chmodSync(join(folder, "firefox"), 0o755);
  expect(browserFinding(folder)).toMatchObject({ state: "ok", found: join(folder, "firefox") });
  writeFileSync(join(folder, "sbatch"), "#!/bin/sh\necho slurm 23.11.4\n");
  chmodSync(join(folder, "sbatch"), 0o755);
  expect(slurmFinding(folder).found).toMatch(/^slurm 23\.11\.4/);
});

test("DuckDB is looked for where the command was started", () => {
  const folder = temporaryFolder();
  expect(duckdbFinding(folder).state).toBe("absent");
  const package_ = join(folder, "node_modules", "@duckdb", "node-api");
  mkdirSync(package_, { recursive: true });
  writeFileSync(join(package_, "package.json"), '{ "name": "@duckdb/node-api", "version": "1.5.6" }');
  expect(duckdbFinding(folder)).toMatchObject({ state: "ok", found: "@duckdb/node-api 1.5.6" });
});
