import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { admitInThread } from "../../dist/definition/admitInThread.js";
import { ended, start, steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder, tiny } from "../support/study.js";

/** A definition with an optimiser and a norm of modules, in a folder of its own. */
const withModules = {
  ...tiny,
  arms: {
    mine: { optimizer: { kind: "module", module: "./mine.mjs" }, step: { rule: "constant", size: 0.01 } },
    other: {
      optimizer: { kind: "steepest", norm: { module: "./norm.mjs" }, normalized: true },
      step: { rule: "constant", size: 0.01 },
    },
  },
  seeds: [0],
  claims: [],
};
const optimizer = (first: string): string =>
  `export default { id: "mine", lengthUnit: "gradient", direction: ({ gradient, step }) => { ${first} return gradient.map((g) => -g); } };`;
const norm = (first: string): string =>
  `const l2 = (x) => Math.sqrt(x.reduce((s, v) => s + v * v, 0));
export default () => ({ id: "two", norm: l2, dualNorm: l2, lmo: (g) => { ${first} const n = l2(g) || 1; return g.map((v) => -v / n); } });`;

function folder(modules: Readonly<Record<string, string>>): string {
  const cwd = folderWith(withModules);
  for (const [name, text] of Object.entries({ "mine.mjs": optimizer(""), "norm.mjs": norm(""), ...modules }))
    writeFileSync(join(cwd, name), text);
  return cwd;
}

const endless = "for (;;);";
const ends = "process.exit(0);";
const run = ["run", "tiny.json", "--threads", "1"];

/** The end of a command that is sent SIGTERM, and again until it hears, once its stderr says `when`; SIGKILL ends it after ten seconds. */
async function interrupted(cwd: string, when: string, args: readonly string[] = [...run, "--progress", "json"]) {
  const child = start(args, { cwd });
  const kill = setTimeout(() => child.kill("SIGKILL"), 10_000);
  let asking: NodeJS.Timeout | undefined;
  let told = "";
  child.stderr!.on("data", (text) => {
    told += String(text);
    if (asking === undefined && told.includes(when)) asking = setInterval(() => child.kill("SIGTERM"), 300);
  });
  const { code, signal } = await ended(child);
  clearTimeout(kill);
  clearInterval(asking);
  return { code, signal };
}

describe("a module that does not end", () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ["while it is loaded", { "mine.mjs": endless }, /^\.\/mine\.mjs: cannot be run: it has not ended within 0\.5 s$/],
    [
      "as its default export is called",
      { "norm.mjs": `export default () => { ${endless} };` },
      /^\.\/norm\.mjs: cannot be run: it has not/,
    ],
    ["in lmo", { "norm.mjs": norm(endless) }, /^\.\/norm\.mjs: is refused: it has not ended within 0\.6 s of being asked the laws$/],
    ["in direction", { "mine.mjs": optimizer(endless) }, /^\.\/mine\.mjs: is refused: it has not ended within 0\.6 s of being/],
  ])("is ended and refused: %s", async (_title, modules, message) => {
    const told: string[] = [];
    const admission = { value: withModules, base: folder(modules) };
    await expect(admitInThread(admission, (path) => told.push(path), { load: 500, ask: 600 })).rejects.toMatchObject({
      code: "DEFINITION",
      message: expect.stringMatching(message),
      hint: expect.stringContaining("steepest check"),
    });
    expect(told).toContain("./mine.mjs"); // before its code ran
  });

  test("hears SIGTERM while it is loaded", async () => {
    expect(await interrupted(folder({ "mine.mjs": endless }), "mine.mjs")).toEqual({ code: 75, signal: null });
  });

  test("hears a second SIGTERM in the middle of a run", async () => {
    const cwd = folder({ "mine.mjs": optimizer(`if (step > 40) ${endless}`) });
    expect(await interrupted(cwd, '"event":"start"')).toEqual({ code: 75, signal: null });
  });
});

describe("a module that ends the process", () => {
  test.each<[string, Record<string, string>, string]>([
    ["in direction", { "mine.mjs": optimizer(ends) }, "./mine.mjs: is refused: it ended the program with exit code 0 instead of answering"],
    [
      "in lmo, by reallyExit",
      { "norm.mjs": norm("process.reallyExit(0);") },
      "./norm.mjs: is refused: it ended the program with exit code 0 instead of answering",
    ],
    [
      "by an error when nobody asks",
      { "mine.mjs": "setTimeout(() => { throw new Error('late'); }); await new Promise((go) => setTimeout(go, 50));" },
      "./mine.mjs: cannot be run: it failed outside of what it was asked: late",
    ],
  ])("is refused: %s", async (_title, modules, message) => {
    const admission = { value: withModules, base: folder(modules) };
    await expect(admitInThread(admission, () => {})).rejects.toMatchObject({ code: "DEFINITION", message });
  });

  test("is refused: while it is loaded by steepest run", async () => {
    const { code, stdout, stderr } = await steepest(run, { cwd: folder({ "mine.mjs": ends }) });
    expect(stderr).toContain("error ./mine.mjs: cannot be run: it ended the program with exit code 0 instead of answering\nhint: ");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("in the middle of a run fails that run, by its name", async () => {
    const { code, stdout, stderr } = await steepest(run, { cwd: folder({ "mine.mjs": optimizer(`if (step > 40) ${ends}`) }) });
    expect(stderr).toContain("error mine s0: a worker thread ended with exit code 0, in which the code of ./mine.mjs runs");
    expect(stdout).toContain("failed (WORKER_CRASH)");
    expect(code).toBe(5);
  });
});

test("measure takes the norms of modules, and certify hears a signal while one does not return", async () => {
  const cwd = folder({ "norm.mjs": norm("").replace("lmo:", `projectBall: () => { ${endless} }, lmo:`) });
  expect(await steepest([...run, "--save", "final"], { cwd })).toMatchObject({ code: 0 });
  const runs = join("runs", "tiny");
  const made = join(runs, readdirSync(join(cwd, runs)).find((name) => name.startsWith("other-"))!);
  const args = ["--definition", "tiny.json", "--arm", "other", "--norm", "module(two)"];
  const measured = await steepest(["measure", join(made, "weights", "final.safetensors"), ...args], { cwd });
  expect(measured.stdout).toMatch(/module\(two\)/);
  expect(measured.code).toBe(0);
  const { code, signal } = await interrupted(cwd, "norm.mjs", ["certify", made]);
  expect({ code, signal }).toEqual({ code: null, signal: "SIGTERM" });
});

test("a definition that is not well formed comes back for its issues to be told, with the facts of its modules", async () => {
  const base = temporaryFolder();
  writeFileSync(join(base, "mine.mjs"), optimizer(""));
  const value = { arms: { mine: withModules.arms.mine } };
  const found = (await admitInThread({ value, base }, () => {})) as { arms: { mine: { optimizer: { facts: object } } } };
  expect(found.arms.mine.optimizer.facts).toMatchObject({ id: "mine", lengthUnit: "gradient" });
});
