import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Finding } from "../../src/doctor/finding.js";
import { steepest } from "../support/steepest.js";
import { temporaryFolder } from "../support/study.js";

test("doctor says what of the machine matters, as a table and as JSON", async () => {
  const { code, stdout } = await steepest(["doctor"]);
  expect(code).toBe(0);
  const asJson = await steepest(["doctor", "--json"]);
  const findings = JSON.parse(asJson.stdout) as Finding[];
  expect(findings.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining([
      "steepest",
      "Node",
      "kernels",
      "threads",
      "memory",
      "address space",
      "runs",
      "MNIST",
      "browser",
      "Slurm",
      "DuckDB",
    ]),
  );
  for (const { subject, state, hint } of findings) {
    expect(stdout).toContain(subject);
    expect(hint === undefined).toBe(state === "ok");
  }
});

test("folders of images that are empty, and a folder for runs that is a file, are problems with exit code 5", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "empty"));
  writeFileSync(join(cwd, "runs"), "");
  const { code, stdout } = await steepest(["doctor", "--json"], { cwd, env: { STEEPEST_CIFAR10: join(cwd, "empty") } });
  expect(code).toBe(5);
  const problems = (JSON.parse(stdout) as Finding[]).filter(({ state }) => state === "problem");
  expect(problems.map(({ subject }) => subject)).toEqual(["runs", "CIFAR-10"]);
  expect(problems[1]!.hint).toContain("data_batch_1.bin");
});
