import { rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { worstOf } from "../src/exitCode.js";
import { steepest } from "./support/steepest.js";
import { filesOf, folderWith, temporaryFolder, tiny } from "./support/study.js";

const set = (...settings: string[]) => settings.flatMap((setting) => ["--set", setting]);

test("a run that diverges is kept, shown as diverged, and gives exit code 4, also when it is reused", async () => {
  const cwd = folderWith();
  const args = ["run", "tiny.json", ...set("arms.gradient.step.size=1e300")];
  const first = await steepest(args, { cwd });
  expect(first.code).toBe(4);
  expect(first.stdout).toMatch(/^gradient +0 +diverged at step 1 \(scores\)/m);
  expect(first.stdout).toMatch(/^sign +1 +step 60/m);
  expect(first.stdout).toContain("0 of 1 claims hold"); // against an arm without an end nothing can be the best
  expect(Object.keys(filesOf(cwd, "outcome.json"))).toHaveLength(4);
  expect(await steepest(args, { cwd })).toMatchObject({ code: 4, stdout: first.stdout });
});

test("a runs folder that cannot be written gives exit code 6", async () => {
  const cwd = folderWith();
  writeFileSync(join(cwd, "file"), "");
  const { code, stdout, stderr } = await steepest(["run", "tiny.json", "--runs", "file/runs", "--threads", "1", "--progress", "none"], {
    cwd,
  });
  expect({ code, stdout }).toEqual({ code: 6, stdout: "" });
  expect(stderr).toMatch(/^error file: cannot create the folder: .*\nhint: a file stands where a folder is expected/);
});

test("a run folder of a live process gives exit code 7, and is left alone", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0] });
  const args = ["run", "tiny.json", "--threads", "1", "--progress", "none"];
  await steepest(args, { cwd });
  const [name] = Object.keys(filesOf(cwd, "outcome.json"));
  const folder = join(cwd, "runs/tiny", name!);
  rmSync(join(folder, "outcome.json"));
  const owner = { host: hostname(), pid: process.pid, processStart: null, since: "2026-01-01T00:00:00.000Z", token: "a test" };
  writeFileSync(join(folder, "owner.json"), JSON.stringify(owner));
  const { code, stdout, stderr } = await steepest(args, { cwd });
  const error = `gradient s0: runs/tiny/${name}/owner.json: the run is owned by process ${process.pid} on ${hostname()} since 2026-01-01T00:00:00.000Z`;
  expect({ code, stderr }).toEqual({
    code: 7,
    stderr: `error ${error}\nhint: wait for it or stop it; if it is certainly gone, delete owner.json\n`,
  });
  expect(stdout).toContain(`failed ${error}\n`);
  expect(filesOf(cwd, "owner.json")).toEqual({ [name!]: JSON.stringify(owner) });
});

test("rows that were changed after the run give exit code 3", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0] });
  const args = ["run", "tiny.json", "--progress", "none"];
  await steepest(args, { cwd });
  const [[name, rows]] = Object.entries(filesOf(cwd, "rows.jsonl")) as [[string, string]];
  writeFileSync(join(cwd, "runs/tiny", name, "rows.jsonl"), rows.replace('"step":60', '"step":61'));
  const { code, stderr } = await steepest(args, { cwd });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^error gradient s0: runs\/tiny\/gradient-s0-[0-9a-f]{12}\/rows\.jsonl: has SHA-256/);
});

test("kernels that are missing give exit code 5, in words of the command line, however many threads look for them", async () => {
  const cwd = folderWith();
  const preload = join(cwd, "preload.mjs");
  writeFileSync(
    preload,
    `import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
const { readFile } = promises;
const missing = Object.assign(new Error("ENOENT: no such file or directory"), { code: "ENOENT" });
promises.readFile = async (path, ...others) => {
  if (String(path).endsWith("steepest.wasm")) throw missing;
  return readFile(path, ...others);
};
syncBuiltinESMExports();`,
  );
  const env = { NODE_OPTIONS: `--import=${pathToFileURL(preload)}` };
  const { code, stdout, stderr } = await steepest(["run", "tiny.json", "--threads", "2", "--progress", "none"], { cwd, env });
  expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
  expect(stderr).toMatch(
    /^error the kernels cannot be loaded: file:.*steepest\.wasm cannot be read: ENOENT.*\nhint: install steepest again/,
  );
});

const small = ["teacher-student-small", "--quick", "--progress", "none", ...set("stop.steps=40", "figure=[]")];
const claim = (right: number) =>
  `claims=${JSON.stringify([{ left: { arm: "sign", probe: "margin.l2", at: "end" }, relation: ">", right }])}`;

test("reproduce gives exit code 1 when a claim does not hold, and the table says which", async () => {
  const { code, stdout } = await steepest(["reproduce", ...small, ...set(claim(1e9))], { cwd: temporaryFolder() });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^sign: margin\.l2 at the end +> 1e\+9 +0\.\d+ +NO$/m);
  expect(stdout).toContain("0 of 1 claims hold");
});

test("reproduce gives exit code 0 when every claim holds, and one JSON document for all experiments", async () => {
  const { code, stdout } = await steepest(["reproduce", ...small, "--json", ...set(claim(0))], { cwd: temporaryFolder() });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ id: "teacher-student-small", claims: [{ expected: "> 0", holds: true }] }]);
});

test("run shows claims that do not hold, which decide nothing", async () => {
  const { code, stdout } = await steepest(["run", ...small.filter((word) => word !== "--quick"), "--seed", "0", ...set(claim(1e9))], {
    cwd: temporaryFolder(),
  });
  expect(code).toBe(0);
  expect(stdout).toContain("0 of 1 claims hold");
});

test("the worst of several exit codes", () => {
  expect(worstOf([])).toBe(0);
  for (const [codes, worst] of [
    [[0, 1], 1],
    [[4, 1], 4],
    [[4, 2], 2],
    [[2, 3], 3],
    [[7, 3], 7],
    [[5, 7], 5],
    [[6, 5, 0], 6],
    [[70, 6], 70],
    [[75, 70], 75],
  ] as const)
    expect(worstOf(codes)).toBe(worst);
});
