import { spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ended, main, steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const escapeCharacter = String.fromCharCode(27);
const run = (...more: string[]) => ["run", "tiny.json", ...more];
const withFigure = {
  ...tiny,
  figure: [
    { probe: "margin.l2", scale: "log" },
    { probe: "logRisk", scale: "linear" },
  ],
};

test("run makes every run, shows how each ended and what its claims are worth, and says where everything is", async () => {
  const cwd = folderWith();
  const { code, stdout, stderr } = await steepest(run(), { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^tiny: does it run\?\na test\n\narm +seed +ended +logRisk \(sum\) +train acc +margin\.l2 +margin\.linf\n/);
  expect(stdout).toMatch(/^gradient +0 +step 60 +-0\.\d+ +1 +0\.\d+ +0\.\d+$/m);
  expect(stdout).toContain("\nnot in the figure: logRisk, trainAccuracy, margin.l2, margin.linf (no panel of the definition shows them)\n");
  expect(stdout).toMatch(
    /^arm +theory expects +largest at equal log risk +source\ngradient +margin\.l2 +not judged: .* separated +Tsilivis.*theorem 1/m,
  );
  expect(stdout).toMatch(/^claim +expected +measured +holds\nsign: margin\.linf at the end +largest of all arms +.* +yes$/m);
  expect(stdout).toContain("1 of 1 claims hold, comparisons for each of 2 seeds, published values against their mean");
  const outcomes = filesOf(cwd, "outcome.json");
  const names = Object.keys(outcomes);
  expect(names.map((name) => name.replace(/-[0-9a-f]{12}$/, ""))).toEqual(["gradient-s0", "gradient-s1", "sign-s0", "sign-s1"]);
  for (const name of names) expect(stdout).toContain(`  runs/tiny/${name}\n`);
  for (const file of ["definition.json", "environment.json", "rows.jsonl"]) expect(Object.keys(filesOf(cwd, file))).toEqual(names);
  expect(filesOf(cwd, "owner.json")).toEqual({});
  expect(stderr.split("\n")[0]).toBe("4 runs");
  expect(stderr).toContain("gradient s1  finished at step 60\n");
  expect(stdout + stderr).not.toContain(escapeCharacter);
  expect(stdout + stderr).not.toContain("\r");
});

test("run and reproduce say below the table where the optimisers add their epsilon, JSON too", async () => {
  const adam = { kind: "adam", beta1: 0.9, beta2: 0.99, epsilon: 1e-8 };
  const step = { rule: "constant", size: 0.01 };
  const arms = { ...tiny.arms, adam: { optimizer: adam, step }, inner: { optimizer: { ...adam, epsilonPlacement: "inside" }, step } };
  const cwd = folderWith({ ...tiny, arms, seeds: [0] });
  const { stdout } = await steepest(run(), { cwd });
  const outside = "ε outside the root: √v + ε, as in torch.optim";
  const inside = "ε inside the root: √(v + ε), as eps_root in optax and RMSProp in TensorFlow.js";
  expect(stdout).toMatch(/^inner .*\nadam: ε outside .*\ninner: ε inside .*\nnot in the figure/m);
  expect(stdout).toContain(`\nadam: ${outside}\ninner: ${inside}\n`);
  const json = JSON.parse((await steepest(run("--json"), { cwd })).stdout);
  expect(json.conventions).toEqual([
    { convention: outside, arms: ["adam"] },
    { convention: inside, arms: ["inner"] },
  ]);
  expect(json.definition.arms.adam.optimizer).toEqual(adam);
  const quick = ["reproduce", "mnist-3v6", "--quick", "--set", "stop.steps=2", "--set", "figure=[]"];
  const [reproduced] = JSON.parse((await steepest([...quick, "--json"], { cwd })).stdout);
  const arm = ["adam-0-0-1e-8", "adam-0-0-1e-2", "adam-.9-.99-1e-8", "adam-.9-.99-1e-2"];
  expect(reproduced.conventions).toEqual([{ convention: outside, arms: arm }]);
  expect((await steepest(quick, { cwd })).stdout).toContain(`\n${arm.join(", ")}: ${outside}\n`);
});

test("warnings are told when they happen, in the report and in outcome.json, also for runs that are reused", async () => {
  const cwd = folderWith();
  const chattering = run("--set", "arms.sign.step.size=0.3", "--seed", "0");
  const { code, stdout, stderr } = await steepest(chattering, { cwd });
  const line = /^warning sign s0: at step \d+ a step changes sample margins by up to \d+\.\d+ \(chatter\)/m;
  expect(code).toBe(0);
  expect(stderr).toMatch(line);
  expect(stdout).toMatch(line);
  expect((await steepest(chattering, { cwd })).stdout).toBe(stdout);
  const sign = Object.entries(filesOf(cwd, "outcome.json")).find(([name]) => name.startsWith("sign"))![1];
  expect(JSON.parse(sign).outcome.warnings).toContainEqual({
    kind: "warning",
    what: "chatter",
    step: expect.any(Number),
    value: expect.any(Number),
    advice: "use a smaller size or marginPaced",
  });
});

test("where stdout and stderr end in one place, a warning is there once", async () => {
  const cwd = folderWith();
  const path = join(cwd, "log.txt");
  const log = openSync(path, "w");
  const args = [main, ...run("--set", "arms.sign.step.size=0.3", "--set", "figure=[]")];
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", log, log] });
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  closeSync(log);
  const lines = readFileSync(path, "utf8").split("\n");
  const of = (text: string) => lines.filter((line) => line.startsWith(`warning sign ${text}`) && line.includes("(chatter)"));
  expect([of("s0"), of("s1")].map(({ length }) => length)).toEqual([1, 1]);
});

test("the log risk is of the sum whatever the reduction; the mean stands beside it where it is trained on", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0], loss: { kind: "logistic", reduction: "mean" } });
  const { stdout } = await steepest(run("--progress", "none"), { cwd });
  expect(stdout).toMatch(/^arm +seed +ended +logRisk \(sum\) +of the mean +train acc/m);
  const [, sum, mean] = /^gradient +0 +step 60 +(\S+) +(\S+) /m.exec(stdout)!;
  expect(Number(sum) - Number(mean)).toBeCloseTo(Math.log(10), 2); // both have four digits
  const [gradient] = JSON.parse((await steepest(run("--json"), { cwd })).stdout).runs;
  expect(gradient.last.logRisk - gradient.lastLogMeanRisk).toBeCloseTo(Math.log(10), 12);
});

test("a run that stalls is a finished one: exit code 0, and it says so", async () => {
  const stall = [
    "arms.gradient.optimizer.normalized=true",
    'arms.gradient.step={"rule":"lineSearch","size":1e-320,"sufficientDecrease":0.5}',
  ];
  const { code, stdout, stderr } = await steepest(run(...stall.flatMap((setting) => ["--set", setting])), { cwd: folderWith() });
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("gradient s0  stalled at step 0: no smaller step is accepted\n"),
  });
  expect(stdout).toMatch(/^gradient +0 +stalled at step 0: no smaller step is accepted /m);
});

test("phases and mini-batches of a definition file are run and recorded", async () => {
  const { gradient, sign } = tiny.arms;
  const phases = [{ when: "separation", optimizer: sign!.optimizer, step: { rule: "marginPaced", c: 1 } }];
  const cwd = folderWith({
    ...tiny,
    arms: { phased: { ...gradient, phases }, batched: { ...gradient, batch: { size: 5, order: "shuffled" } } },
  });
  const { code, stdout } = await steepest(run("--seed", "0", "--set", "claims=[]"), { cwd });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^phased +margin\.linf +(yes|no|not judged)/m);
  expect(stdout).toMatch(/^batched +not expected: steps see mini-batches/m);
  const arms = Object.values(filesOf(cwd, "definition.json")).map((text) => JSON.parse(text).arm);
  expect(arms.map(({ phases: recorded }) => recorded)).toEqual([undefined, phases]);
  expect(arms.map(({ batch }) => batch)).toEqual([{ size: 5, order: "shuffled" }, undefined]);
});

test("a second run reuses the first and shows the same; --fresh makes the runs again, with the same results", async () => {
  const cwd = folderWith();
  const hashes = () =>
    Object.fromEntries(Object.entries(filesOf(cwd, "outcome.json")).map(([name, text]) => [name, JSON.parse(text).resultHash]));
  const first = await steepest(run(), { cwd });
  const before = { hashes: hashes(), rows: filesOf(cwd, "rows.jsonl") };
  const second = await steepest(run(), { cwd });
  expect(second).toEqual({ ...first, stderr: "4 runs, 4 complete already and reused\n" });
  const fresh = await steepest(run("--fresh"), { cwd });
  expect(fresh.stdout).toBe(first.stdout);
  expect(fresh.stderr).toContain("sign s1  finished at step 60\n");
  expect({ hashes: hashes(), rows: filesOf(cwd, "rows.jsonl") }).toEqual(before);
  expect(Object.values(before.hashes)).toSatisfy((all: unknown[]) => all.every((hash) => /^[0-9a-f]{64}$/.test(String(hash))));
});

test("rows do not depend on the number of threads", async () => {
  const cwd = folderWith();
  await steepest(run("--threads", "1", "--runs", "one"), { cwd });
  await steepest(run("--threads", "2", "--runs", "two"), { cwd });
  const one = filesOf(cwd, "rows.jsonl", "one/tiny");
  expect(Object.keys(one)).toHaveLength(4);
  expect(filesOf(cwd, "rows.jsonl", "two/tiny")).toEqual(one);
});

test("--json is one document on stdout, --progress json one object per line on stderr", async () => {
  const { code, stdout, stderr } = await steepest(run("--json", "--progress", "json"), { cwd: folderWith() });
  expect(code).toBe(0);
  const document = JSON.parse(stdout);
  expect(document).toMatchObject({
    id: "tiny",
    definition: tiny,
    figures: [],
    claims: [{ claim: "sign: margin.linf at the end", holds: true }],
  });
  expect(document.runs).toHaveLength(4);
  expect(document.runs[0]).toMatchObject({
    arm: "gradient",
    seed: 0,
    outcome: { kind: "finished", step: 60 },
    reused: false,
    last: { step: 60 },
  });
  const events = stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events[0]).toEqual({ event: "begin", total: 4, reused: 0 });
  expect(events.at(-1)).toEqual({ event: "end" });
  const count = (event: string) => events.filter((entry) => entry.event === event).length;
  expect([count("start"), count("finish")]).toEqual([4, 4]);
  expect(events.filter(({ event, arm, seed }) => event === "row" && arm === "sign" && seed === 1).at(-1).row).toEqual(
    document.runs.find(({ arm, seed }: { arm: string; seed: number }) => arm === "sign" && seed === 1).last,
  );
});

test("--set changes any field, --seed the seeds; the changed definition is what is recorded and hashed", async () => {
  const cwd = folderWith();
  await steepest(run("--seed", "5", "--set", "arms.gradient.step.size=0.01", "--set", "stop.steps=7", "--progress", "none"), { cwd });
  const recorded = filesOf(cwd, "definition.json");
  expect(Object.keys(recorded).map((name) => name.slice(0, -13))).toEqual(["gradient-s5", "sign-s5"]);
  expect(JSON.parse(Object.values(recorded)[0]!)).toMatchObject({ seed: 5, stop: { steps: 7 }, arm: { step: { size: 0.01 } } });
  const rows = Object.values(filesOf(cwd, "rows.jsonl"))[0]!.trimEnd().split("\n");
  expect(JSON.parse(rows.at(-1)!).step).toBe(7);
});

test("a figure is written as SVG and PNG, and nothing but progress goes to stderr", async () => {
  const cwd = folderWith(withFigure);
  const { code, stdout, stderr } = await steepest(run("--progress", "none"), { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/figure\n {2}runs\/tiny\/figures\/tiny\.svg\n {2}runs\/tiny\/figures\/tiny\.png\n$/);
  const svg = readFileSync(join(cwd, "runs/tiny/figures/tiny.svg"), "utf8");
  expect(svg).toMatch(/^<svg/);
  expect(svg).toContain("margin in ℓ2 (paper: γ₂)");
  expect(readFileSync(join(cwd, "runs/tiny/figures/tiny.png")).subarray(1, 4).toString()).toBe("PNG");
});

test("a figure without anything to show draws its empty axes without a warning", async () => {
  const cwd = folderWith(withFigure);
  const settings = ["arms.gradient.step.size=1e300", "arms.sign.step.size=1e300"].flatMap((setting) => ["--set", setting]);
  expect(await steepest(run(...settings, "--progress", "none"), { cwd })).toMatchObject({ code: 4, stderr: "" });
  expect(readdirSync(join(cwd, "runs/tiny/figures"))).toHaveLength(2);
});

test.skipIf(process.platform === "win32").each([
  ["stdout", '"$@" --progress none | head -n 1', "tiny: does it run?\n"],
  ["stdout of a JSON document", '"$@" --json --progress none | head -n 1', "{\n"],
  ["both", '"$@" 2>&1 | head -n 1', "4 runs\n"],
])("piping %s into head ends quietly", async (_, pipe, stdout) => {
  const script = `set -o pipefail; ${pipe}`;
  const child = spawn("bash", ["-c", script, "bash", process.execPath, main, ...run()], {
    cwd: folderWith(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(await ended(child)).toEqual({ code: 0, signal: null, stdout, stderr: "" });
});
