import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const { gradient, sign } = tiny.arms as { gradient: object; sign: object };

/** Preconditioners of 12 000 x 12 000 numbers: 9 GB, which no WebAssembly memory holds. The other arms need less than a megabyte. */
const greedy = {
  optimizer: { kind: "shampoo", exponent: "quarter", accumulate: true, epsilon: 1e-6 },
  step: { rule: "constant", size: 0.01 },
};
const definition = {
  ...tiny,
  network: { ...tiny.network, hidden: [12_000] },
  arms: { gradient, greedy, sign },
  stop: { steps: 3 },
  claims: [
    { best: "sign", of: "margin.linf", at: "end" },
    { left: { arm: "sign", probe: "margin.linf", at: "end" }, relation: ">", right: 0 },
    { left: { arm: "greedy", probe: "margin.l2", at: "end" }, relation: ">", right: 0 },
  ],
  figure: [{ probe: "margin.l2", scale: "linear" }],
};

test("an arm that exceeds memory fails alone: the others run, table, claims, figure and JSON show what there is; exit code 5", async () => {
  const cwd = folderWith(definition);
  const { code, stdout, stderr } = await steepest(["run", "tiny.json"], { cwd });
  expect(code).toBe(5);
  expect(stderr).toMatch(/^error greedy s0: the run needs \d+ bytes of memory, at most \d+ can be addressed\nhint: /m);
  expect(stderr).toMatch(/^sign s1 {2}finished at step 3$/m);
  expect(stdout).toMatch(/^sign +1 +step 3 +-?\d/m);
  expect(stdout).toMatch(/^greedy +1 +failed \(ARENA_FULL\) +- +- /m);
  expect(stdout).toMatch(/^failed greedy s1: the run needs \d+ bytes of memory/m);
  expect(stdout).toMatch(/^sign: margin\.linf at the end +largest of all arms +greedy s0 failed \(ARENA_FULL\) +NO$/m);
  expect(stdout).toMatch(/^sign: margin\.linf at the end +> 0 +\d.* +yes$/m);
  expect(stdout).toMatch(/^greedy: margin\.l2 at the end +> 0 +greedy s0 failed \(ARENA_FULL\) +NO$/m);
  expect(stdout).toMatch(/figures\/tiny\.svg$/m);
  expect(Object.keys(filesOf(cwd, "outcome.json")).map((name) => name.slice(0, -13))).toEqual([
    "gradient-s0",
    "gradient-s1",
    "sign-s0",
    "sign-s1",
  ]);
  expect(filesOf(cwd, "owner.json")).toEqual({});

  const again = await steepest(["run", "tiny.json", "--json", "--progress", "json"], { cwd });
  expect(again.code).toBe(5);
  const document = JSON.parse(again.stdout);
  expect(document.runs.map(({ arm, reused }: { arm: string; reused: boolean }) => [arm, reused])).toEqual([
    ["gradient", true],
    ["gradient", true],
    ["sign", true],
    ["sign", true],
  ]);
  expect(document.failures).toMatchObject([
    { arm: "greedy", seed: 0, code: "ARENA_FULL", message: expect.stringMatching(/^the run needs \d+ bytes/), hint: expect.any(String) },
    { arm: "greedy", seed: 1, code: "ARENA_FULL" },
  ]);
  expect(document.claims.map(({ holds }: { holds: boolean }) => holds)).toEqual([false, true, false]);
  expect(again.stderr).toContain('{"event":"fail","arm":"greedy","seed":1,"code":"ARENA_FULL"');
});

test("a seed whose data cannot be drawn fails with all its arms; a data set that no seed can draw ends the study", async () => {
  // Teacher weights are N(0, 1): under some seeds they are too small for scores of 4.5, and under some all labels are alike.
  const dataset = {
    kind: "teacherStudent",
    inputDim: 3,
    teacherWidth: 8,
    nonzerosPerNeuron: 1,
    minTeacherScore: 4.5,
    trainSize: 4,
    testSize: 0,
  };
  const seeds = Array.from({ length: 12 }, (_, i) => i);
  const cwd = folderWith({ ...tiny, dataset, seeds, stop: { steps: 1 }, claims: [], record: { ...tiny.record, probes: ["logRisk"] } });
  const { code, stdout } = await steepest(["run", "tiny.json", "--json", "--progress", "none"], { cwd });
  expect(code).toBe(3);
  const { runs, failures } = JSON.parse(stdout) as Record<
    "runs" | "failures",
    { readonly arm: string; readonly seed: number; readonly code: string }[]
  >;
  expect(runs.length).toBeGreaterThan(0);
  expect(failures.length).toBeGreaterThan(0);
  expect(runs.length + failures.length).toBe(24);
  for (const arm of ["gradient", "sign"]) {
    const failed = failures.filter((failure) => failure.arm === arm).map(({ seed }) => seed);
    expect(failed).toEqual(failures.filter((failure) => failure.arm === "gradient").map(({ seed }) => seed));
  }
  expect(new Set(failures.map((failure) => failure.code))).toEqual(new Set(["DATA"]));
  const seed = String(failures[0]!.seed);
  expect(await steepest(["run", "tiny.json", "--seed", seed, "--progress", "none"], { cwd })).toMatchObject({ code: 3, stdout: "" });
});

test("runs of one command that fail differently give the worst exit code, and each is named", async () => {
  const cwd = folderWith(tiny);
  await steepest(["run", "tiny.json", "--progress", "none"], { cwd });
  const names = Object.keys(filesOf(cwd, "outcome.json"));
  const folder = (start: string): string => join(cwd, "runs/tiny", names.find((name) => name.startsWith(start))!);
  rmSync(join(folder("gradient-s0"), "outcome.json"));
  const owner = { host: hostname(), pid: process.pid, processStart: null, since: "2026-01-01T00:00:00.000Z", token: "a test" };
  writeFileSync(join(folder("gradient-s0"), "owner.json"), JSON.stringify(owner));
  writeFileSync(join(folder("gradient-s1"), "rows.jsonl"), "{}\n");
  rmSync(join(folder("sign-s0"), "outcome.json"));
  rmSync(join(folder("sign-s0"), "rows.jsonl"));
  mkdirSync(join(folder("sign-s0"), "rows.jsonl"));
  const { code, stdout, stderr } = await steepest(["run", "tiny.json", "--json", "--progress", "none"], { cwd });
  expect(code).toBe(6);
  const document = JSON.parse(stdout);
  expect(document.runs).toMatchObject([{ arm: "sign", seed: 1, reused: true }]);
  expect(document.failures.map(({ arm, seed, code: why }: { arm: string; seed: number; code: string }) => [arm, seed, why])).toEqual([
    ["gradient", 0, "RUN_OWNED"],
    ["gradient", 1, "DATA"],
    ["sign", 0, "STORAGE"],
  ]);
  expect(stderr.match(/^error (gradient s0|gradient s1|sign s0): /gm)).toHaveLength(3);
});
