import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { latestCheckpoint } from "@steepest/node";
import { expect, test } from "vitest";
import { numericsVersion } from "../../dist/study/numericsVersion.js";
import { readRun } from "../../src/runs/readRun.js";
import { steepest } from "../support/steepest.js";
import { filesOf, folderWith, temporaryFolder, tiny } from "../support/study.js";

const separated = { ...tiny, seeds: [0], stop: { steps: 4000, logRiskBelow: -20 }, claims: [] };
const checker = fileURLToPath(new URL("../../../certificates/checkers/check-certificate.mjs", import.meta.url));

interface Answer {
  readonly target: string;
  readonly norm: string;
  readonly kind: string;
  readonly certificate: { readonly entries: readonly { readonly kappa: readonly [number, number] }[]; readonly definition?: string };
  readonly files: readonly string[];
}

test("certify makes recorded runs again, and its files pass the independent checker, with the definition", async () => {
  const cwd = folderWith(separated);
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const runs = Object.keys(filesOf(cwd, "outcome.json")).map((name) => join("runs/tiny", name));
  const { code, stdout, stderr } = await steepest(["certify", ...runs, "--out", "certs", "--json"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const answers = JSON.parse(stdout) as Answer[];
  expect(answers.map(({ norm, kind }) => [norm, kind])).toEqual([
    ["l2", "certified"],
    ["linf", "certified"],
  ]);
  for (const [k, { certificate, files }] of answers.entries()) {
    const [lower, upper] = certificate.entries[0]!.kappa;
    expect([lower > 0, upper <= 1 + 1e-9, upper / lower - 1 < 1e-6]).toEqual([true, true, true]);
    const checked = spawnSync(process.execPath, [checker, ...files, join(runs[k]!, "definition.json")], { cwd, encoding: "utf8" });
    expect(checked).toMatchObject({ status: 0, stdout: expect.stringMatching(/^accepted/) });
  }
  // the files of weights say the same, without the run
  const again = await steepest(["certify", answers[0]!.files[1]!, "--norm", "l2", "--json"], { cwd });
  const [fromFile] = JSON.parse(again.stdout) as Answer[];
  expect(fromFile!.certificate.definition).toBeUndefined();
  for (const [k, { kappa }] of fromFile!.certificate.entries.entries()) {
    expect(Math.abs(kappa[0] / answers[0]!.certificate.entries[k]!.kappa[0] - 1)).toBeLessThan(1e-8);
  }
  // a point with a larger margin, whose certificate passes too, without the definition of the run
  const polished = await steepest(["certify", runs[0]!, "--polish", "5", "--out", "polished", "--json"], { cwd });
  const [{ polished: left, files }] = JSON.parse(polished.stdout) as [Answer & { polished: { before: number; after: number } }];
  expect(left.after).toBeGreaterThan(left.before);
  expect(files).toHaveLength(4);
  expect(spawnSync(process.execPath, [checker, ...files.slice(2)], { cwd, encoding: "utf8" }).stdout).toMatch(/^accepted/);
  // a target that is refused ends no other
  const mixed = await steepest(["certify", runs[0]!, "none", runs[1]!, "--kinks", "0", "--json"], { cwd });
  expect(mixed).toMatchObject({ code: 3, stderr: expect.stringMatching(/^error none: does not exist\nhint: /) });
  expect((JSON.parse(mixed.stdout) as Answer[]).map(({ target, kind }) => [target, kind])).toEqual([
    [runs[0], "certified"],
    [runs[1], "certified"],
    ["none", "failed"],
  ]);
  // and as a table, in several norms
  const table = await steepest(["certify", runs[0]!, "--norm", "l1", "--norm", "linf", "--kinks", "0"], { cwd, env: { COLUMNS: "120" } });
  expect(table.code).toBe(0);
  expect(table.stdout.split("\n").filter((line) => line.startsWith("gradient-s0"))).toHaveLength(2);
});

test("the end that a run has kept gives the certificate of the run made again, and a damaged one is not taken", async () => {
  const cwd = folderWith(separated);
  expect((await steepest(["run", "tiny.json"], { cwd })).code).toBe(0);
  const [run] = Object.keys(filesOf(cwd, "outcome.json")).map((name) => join("runs/tiny", name)) as [string];
  const certificate = async (): Promise<string> => (await steepest(["certify", run, "--json"], { cwd })).stdout;
  const kept = join(cwd, run, "checkpoint.safetensors");
  const bytes = readFileSync(kept);
  const { rows } = latestCheckpoint(join(cwd, run), numericsVersion())!;
  expect(rows).toEqual(readRun(join(cwd, run)).rows.slice(0, -1)); // its last row is left to be made
  const ofKept = await certificate();
  bytes[bytes.length - 9]! ^= 1; // the last bit of a mantissa
  writeFileSync(kept, bytes);
  expect(latestCheckpoint(join(cwd, run), numericsVersion())).toBeUndefined();
  expect(await certificate()).toBe(ofKept);
  rmSync(kept);
  expect(await certificate()).toBe(ofKept);
  expect(JSON.parse(ofKept)).toMatchObject([{ kind: "certified" }]);
});

test("arrays of weights are certified with a definition, as the run that saved them", async () => {
  const cwd = folderWith(separated);
  expect((await steepest(["run", "tiny.json", "--save", "final"], { cwd })).code).toBe(0);
  const [run] = Object.keys(filesOf(cwd, "outcome.json")).map((name) => join("runs/tiny", name)) as [string];
  const [saved] = readdirSync(join(cwd, run, "weights")).map((name) => join(run, "weights", name)) as [string];
  const entries = async (...args: readonly string[]): Promise<unknown> => {
    const { code, stdout } = await steepest(["certify", ...args, "--json"], { cwd });
    expect(code).toBe(0);
    return (JSON.parse(stdout) as Answer[]).map(({ norm, certificate }) => ({
      norm,
      ...certificate,
      definition: undefined,
      seal: undefined,
    }));
  };
  expect(await entries(saved, "--definition", "tiny.json", "--arm", "gradient")).toEqual(await entries(run));
  expect(await steepest(["certify", saved], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--definition: is missing: nothing says what/),
  });
  expect(await steepest(["certify", run, "--definition", "tiny.json"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--definition: says what the arrays of a safetensors or npz file are, and none is given/),
  });
});

test("a run without a margin has no certificate: exit code 1, and its sample is named", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0], stop: { steps: 1 }, claims: [] });
  await steepest(["run", "tiny.json"], { cwd });
  const [run] = Object.keys(filesOf(cwd, "outcome.json")).map((name) => join("runs/tiny", name)) as [string];
  const { code, stdout } = await steepest(["certify", run, "--out", "certs"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/no margin/);
  expect(stdout).toMatch(/the margin of sample \d+ is (at most -|not known to be positive, at most )\d/);
  expect(readdirSync(cwd)).not.toContain("certs");
});

test("changed and incomplete runs, and files that are none of weights, are refused and nothing is written", async () => {
  const cwd = folderWith(separated);
  await steepest(["run", "tiny.json"], { cwd });
  const [run] = Object.keys(filesOf(cwd, "outcome.json")).map((name) => join("runs/tiny", name)) as [string];
  const rows = join(cwd, run, "rows.jsonl");
  const untouched = readFileSync(rows, "utf8");
  const refused = async (target: string, code: number, text: RegExp): Promise<void> => {
    const answer = await steepest(["certify", target, "--out", "certs"], { cwd });
    expect({ code: answer.code, stdout: answer.stdout, stderr: answer.stderr }).toEqual({
      code,
      stdout: "",
      stderr: expect.stringMatching(text),
    });
  };
  writeFileSync(rows, untouched.replace(/"logRisk":-?\d/, '"logRisk":9'));
  await refused(run, 3, /rows\.jsonl: has SHA-256/);
  writeFileSync(rows, untouched);
  mkdirSync(join(cwd, "empty"));
  await refused("empty", 3, /empty: holds no run/);
  await refused("nowhere", 3, /nowhere: does not exist/);
  await refused("tiny.json", 3, /tiny\.json: format must be "steepest-weights-1"/);
  const weights = { format: "steepest-weights-1", inputDim: 1, inputs: "AAAAAAAA8D8=", labels: "AAAAAAAA8D8=", weights: "AAAAAAAA8D8=" };
  const given = (content: unknown): string => {
    writeFileSync(join(cwd, "given.json"), JSON.stringify(content));
    return "given.json";
  };
  await refused(given({ ...weights, network: { kind: "linear", hiden: [2] } }), 2, /hiden: unknown key/);
  await refused(
    given({ ...weights, network: { kind: "mlp", hidden: [1], activation: "relu" } }),
    2,
    /weights: must be a Float64Array of length 2/,
  );
  await refused(given({ ...weights, network: { kind: "linear" }, inputs: "AAAA" }), 3, /inputs must be base64/);
  await refused(given({ ...weights, network: { kind: "linear" }, more: 1 }), 3, /more must be left out/);
  expect(readdirSync(cwd)).not.toContain("certs");
});

test("a share of kinks and norms are checked before anything is made", async () => {
  const cwd = temporaryFolder();
  for (const [args, text] of [
    [["--kinks", "1"], "error --kinks: must be a number in [0, 1)"],
    [["--norm", "l0"], "error "],
    [["--polish", "0"], "error --polish: must be an integer from 1"],
  ] as const) {
    const { code, stderr } = await steepest(["certify", "nowhere", ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  }
});

test("a run on fresh samples is certified on the samples that it begins with", async () => {
  const arms = { fresh: { ...tiny.arms.gradient!, batch: { fresh: 10 } } };
  const cwd = folderWith({ ...tiny, arms, seeds: [0], stop: { steps: 4000 }, claims: [] });
  expect(await steepest(["run", "tiny.json"], { cwd })).toMatchObject({ code: 0 });
  const [run] = Object.keys(filesOf(cwd, "outcome.json")).map((name) => join("runs/tiny", name)) as [string];
  const { stdout, stderr, code } = await steepest(["certify", run, "--json", "--norm", '{"lp":3}', "--norm", "lp(3)"], { cwd });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const answers = JSON.parse(stdout) as Answer[];
  expect(answers.map(({ norm, kind }) => [norm, kind])).toEqual([1, 2].map(() => ["lp(3)", "certified"]));
});
