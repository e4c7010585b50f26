import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "@steepest/core";
import type { ExperimentDefinition } from "@steepest/experiments";
import { describe, expect, test } from "vitest";
import { loadTarget } from "../dist/definition/settings.js";
import { importModule } from "../src/moduleFile.js";
import { readRun } from "../src/runs/readRun.js";
import { runText } from "../src/runs/runText.js";
import { steepest } from "./support/steepest.js";
import { temporaryFolder } from "./support/study.js";

const page = readFileSync(new URL("../../../docs/modules.md", import.meta.url), "utf8");
const [, definition] = /^```json\n(.*?)^```$/ms.exec(page) as unknown as [string, string];
/** The modules of docs/modules.md, by their names. */
const modules = Object.fromEntries([...page.matchAll(/^`([\w-]+\.mjs)`\n\n```js\n(.*?)^```$/gms)].map(([, name, text]) => [name!, text!]));

/** A folder with the definition and the modules of docs/modules.md, some of them others. */
function folderOfPage(changes: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries({ ...modules, "mine.json": definition, ...changes })) writeFileSync(join(folder, name), text);
  return folder;
}

const runs = (cwd: string): string[] => readdirSync(join(cwd, "runs/my-modules")).sort();
const textIn = (cwd: string, arm: string, file: string): string => {
  const name = runs(cwd).find((run) => run.startsWith(`${arm}-s0-`) && existsSync(join(cwd, "runs/my-modules", run, "outcome.json")))!;
  return readFileSync(join(cwd, "runs/my-modules", name, file), "utf8");
};
const plain = (steps: number, ...args: readonly string[]) => [
  "run",
  "mine.json",
  "--set",
  "figure=[]",
  "--set",
  `stop.steps=${steps}`,
  ...args,
];

const changes = { set: ["figure=[]"], seeds: [] };
const load = (cwd: string, file = "mine.json"): Promise<ExperimentDefinition> => loadTarget(join(cwd, file), changes, "none");

describe("the definition of docs/modules.md", () => {
  test("runs as it stands: its optimiser is ours bit for bit, hashes are recorded, and certify and longer runs take it up", async () => {
    const cwd = folderOfPage();
    const { code, stdout, stderr } = await steepest(plain(300, "--threads", "2"), { cwd });
    expect({ code, told: stderr.match(/^module /gm) }).toEqual({ code: 0, told: ["module ", "module "] });
    expect(stderr).toMatch(/^module \.\/owl\.mjs \(SHA-256 [0-9a-f]{12}\): its code runs here, with your rights$/m);
    expect(textIn(cwd, "mine", "rows.jsonl")).toBe(textIn(cwd, "signum", "rows.jsonl"));
    expect(stdout).toMatch(/^owl +margin\.module\(owl-30\) +(yes|no)/m);
    const facts = { id: "owl-30", sha256: createHash("sha256").update(modules["owl.mjs"]!).digest("hex") };
    const recorded = JSON.parse(textIn(cwd, "mine", "definition.json")) as { record: { norms: object[] } };
    expect(recorded.record.norms).toEqual([{ module: "./owl.mjs", options: { slope: 30 }, facts }]);
    const [mine] = runs(cwd).filter((run) => run.startsWith("mine-")) as [string];
    expect(runText(readRun(join(cwd, "runs/my-modules", mine)))).toContain("margin.module(owl-30)"); // reads facts, and runs nothing

    const certified = await steepest(["certify", `runs/my-modules/${mine}`], { cwd });
    expect(certified.stderr).toContain("signed-momentum.mjs");
    expect(certified.stdout).toMatch(new RegExp(`^${mine} +linf `, "m"));
    const [owl] = runs(cwd).filter((run) => run.startsWith("owl-")) as [string];
    const withoutProjection = await steepest(["certify", `runs/my-modules/${owl}`], { cwd });
    expect(withoutProjection).toMatchObject({ code: 2, stderr: expect.stringMatching(/owl-30.*projectBall.*\nhint: add projectBall/) });
    const further = await steepest(plain(400, "--progress", "json"), { cwd });
    expect(further.stderr.match(/"event":"resume"/g)).toHaveLength(3);
    expect(further.stderr.match(/"event":"module"/g)).toHaveLength(2);
    const whole = folderOfPage();
    expect(await steepest(plain(400, "--threads", "1"), { cwd: whole })).toMatchObject({ code: 0 });
    for (const run of runs(whole)) {
      expect(readFileSync(join(cwd, "runs/my-modules", run, "rows.jsonl"), "utf8")).toBe(
        readFileSync(join(whole, "runs/my-modules", run, "rows.jsonl"), "utf8"),
      );
    }
  });

  test("is the same with the modules in another folder, and another with a changed module; facts pin a module", async () => {
    const [cwd, other] = [folderOfPage(), folderOfPage()];
    const definition = await load(cwd);
    expect(await load(other)).toEqual(definition);
    writeFileSync(join(cwd, "pinned.json"), JSON.stringify(definition));
    expect(await load(cwd, "pinned.json")).toEqual(definition);
    writeFileSync(join(cwd, "signed-momentum.mjs"), `${modules["signed-momentum.mjs"]}// changed\n`);
    const changed = await load(cwd);
    const hashes = ({ arms }: ExperimentDefinition) => Object.values(arms).map((arm) => canonicalJson(arm));
    expect(hashes(changed).map((hash, i) => hash === hashes(definition)[i])).toEqual([true, false, true]);
    await expect(load(cwd, "pinned.json")).rejects.toMatchObject({
      code: "DATA",
      message: expect.stringMatching(
        /^arms\.mine\.optimizer\.module: \.\/signed-momentum\.mjs has the SHA-256 [0-9a-f]{64}, the definition is about /,
      ),
    });
  });

  test("a module that has changed since its run is refused before any of its code runs", async () => {
    const cwd = folderOfPage();
    expect(await steepest(plain(20), { cwd })).toMatchObject({ code: 0 });
    const [mine] = runs(cwd).filter((run) => run.startsWith("mine-")) as [string];
    const changed = 'process.stdout.write("ran"); process.exit(0);';
    writeFileSync(join(cwd, "signed-momentum.mjs"), changed);
    const { code, stdout, stderr } = await steepest(["certify", `runs/my-modules/${mine}`], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(
      /^error .*signed-momentum\.mjs has the SHA-256 [0-9a-f]{64}, the definition is about [0-9a-f]{64}\nhint: the module has changed/,
    );
  });

  test("an optimiser without its kind is one too, as the norm", async () => {
    const cwd = folderOfPage({ "mine.json": definition.replace('"kind": "module", ', "") });
    expect(await load(cwd)).toEqual(await load(folderOfPage()));
  });
});

describe("a part that is refused before anything is trained", () => {
  const norm = (members: string): string => `export default () => ({ id: "owl-30", ${members} });`;
  const good =
    "norm: (x) => Math.hypot(...x), dualNorm: (g) => Math.hypot(...g), lmo: (g) => { const n = Math.hypot(...g) || 1; return g.map((v) => -v / n); }";
  const optimizer = (members: string): string => `export default () => ({ id: "mine", lengthUnit: "unit", ${members} });`;
  test.each<[string, Record<string, string>, RegExp]>([
    [
      "nothing is exported",
      { "owl.mjs": "export const norm = 1;" },
      /arms\.owl\.optimizer\.norm\.module: \.\/owl\.mjs exports nothing as its default/,
    ],
    ["a member is missing", { "owl.mjs": norm("norm: (x) => 1") }, /owl\.mjs is refused: plainNorm\.dualNorm: must be a function/],
    ["the id cannot stand in a probe", { "owl.mjs": `export default () => ({ id: "a(b)", ${good} });` }, /owl\.mjs says the id "a\(b\)"/],
    [
      "the norm is none",
      {
        "owl.mjs": norm(
          "norm: (x) => Math.sqrt(x.reduce((s, v) => s + Math.sqrt(Math.abs(v)), 0)) ** 4, dualNorm: (g) => Math.max(...g.map(Math.abs)), lmo: (g) => { const u = g.map(() => 0); let k = 0; g.forEach((v, i) => { if (Math.abs(v) > Math.abs(g[k])) k = i; }); u[k] = -Math.sign(g[k]); return u; }",
        ),
      },
      /violates the triangle inequality .* x = \[/,
    ],
    [
      "the norm gives NaN",
      { "owl.mjs": norm(`${good}, dualNorm: () => NaN`) },
      /violates definiteness: norm\(\[0, 0, 0, 0, \.\.\.\]\) = 0, dualNorm = NaN/,
    ],
    ["the norm throws", { "owl.mjs": norm(`${good}, lmo: () => { throw new Error("no"); }`) }, /violates it answers: it threw Error: no/],
    [
      "the optimiser has a state of its own",
      { "signed-momentum.mjs": `let n = 0; ${optimizer("direction: ({ gradient }) => gradient.map((g) => -g * ++n)")}` },
      /arms\.mine\.optimizer: \.\/signed-momentum\.mjs is refused: .*violates "equal gradients give equal directions"/,
    ],
    [
      "the direction has a wrong length",
      { "signed-momentum.mjs": optimizer("direction: () => new Float64Array(1)") },
      /must return a Float64Array of length 64, got one of length 1 in step 1/,
    ],
    [
      "the options have no function",
      { "owl.mjs": `export default { id: "owl-30", ${good} };` },
      /arms\.owl\.optimizer\.norm\.options: are for a function/,
    ],
    [
      "a probe names another norm",
      { "mine.json": definition.replace("margin.module(owl-30)", "margin.module(owl-3)") },
      /no module of the definition has the norm of "margin\.module\(owl-3\)"/,
    ],
    [
      "the path is a link",
      { "mine.json": definition.replace("./owl.mjs", "https://example.org/owl.mjs") },
      /norm\.module: must be the path of a \.mjs or \.js file, relative to the definition/,
    ],
    [
      "the path is absolute",
      { "mine.json": definition.replace("./owl.mjs", "/tmp/owl.mjs") },
      /norm\.module: must be the path of a \.mjs or \.js file, relative to the definition/,
    ],
  ])("%s", async (_name, changes, message) => {
    const refused = load(folderOfPage(changes));
    await expect(refused).rejects.toMatchObject({ code: "DEFINITION" });
    await expect(refused).rejects.toThrow(message);
  });
});

describe("a file that is no module", () => {
  let folder = "";
  test.each<[string, string | Uint8Array, RegExp]>([
    ["imports a file", 'const a = 1;\nimport "./other.mjs";', /imports "\.\/other\.mjs" in line 2/],
    ["imports a package", 'import { norms } from "@steepest/core";', /imports "@steepest\/core" in line 1/],
    ["re-exports", 'export { default } from "node:fs";', /imports "node:fs" in line 1/],
    ["imports later", "export default () => import(name);", /imports another module in line 1/],
    ["is no JavaScript", "export default {", /cannot be run|is no JavaScript module/],
    ["throws", 'throw new Error("no");', /cannot be run: no/],
    ["is CommonJS", "module.exports = {};", /cannot be run: module is not defined/],
    ["is not UTF-8", Uint8Array.of(0xff, 0xfe, 0x20), /is not UTF-8/],
    ["is large", " ".repeat(2 ** 20 + 1), /has 1048577 bytes, a module has at most 1048576/],
  ])("that %s", async (_name, text, message) => {
    folder = temporaryFolder();
    writeFileSync(join(folder, "m.mjs"), text);
    await expect(importModule("./m.mjs", join(folder, "m.mjs"))).rejects.toMatchObject({
      code: "DEFINITION",
      path: "./m.mjs",
      message: expect.stringMatching(message),
    });
  });

  test("that is missing, or a folder", async () => {
    folder = temporaryFolder();
    await expect(importModule("./m.mjs", join(folder, "m.mjs"))).rejects.toThrow(/does not exist at/);
    await expect(importModule("./m.mjs", folder)).rejects.toThrow(/is no regular file/);
  });

  test("what is hashed is what is run, however often the file changes", async () => {
    folder = temporaryFolder();
    const told: string[] = [];
    for (const value of [1, 2]) {
      writeFileSync(join(folder, "m.mjs"), `export default ${value}; const here = import.meta.url;`);
      const { exported, sha256 } = await importModule("./m.mjs", join(folder, "m.mjs"), (_path, hash) => told.push(hash));
      expect(exported).toBe(value);
      expect(told.at(-1)).toBe(sha256);
    }
    expect(new Set(told).size).toBe(2);
  });
});
