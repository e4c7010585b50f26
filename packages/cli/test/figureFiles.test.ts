import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { figureName } from "../src/figureName.js";
import { crashCause } from "../src/render/crashCause.js";
import { draw } from "../src/render/draw.js";
import { steepest } from "./support/steepest.js";
import { folderWith, temporaryFolder, tiny } from "./support/study.js";

const withFigure = { ...tiny, figure: [{ probe: "margin.l2", scale: "linear" }] };
const run = (...more: string[]) => ["run", "tiny.json", "--progress", "none", ...more];
const drawn = (cwd: string): string[] => readdirSync(join(cwd, "runs/tiny/figures")).sort();

/** A module that is loaded first by every process of the command line. */
function preloaded(text: string): { readonly NODE_OPTIONS: string } {
  const path = join(temporaryFolder(), "preload.mjs");
  writeFileSync(path, text);
  return { NODE_OPTIONS: `--import=${pathToFileURL(path)}` };
}
/** Only a process that was forked has a channel to its parent. */
const abortWhileDrawing = () => preloaded("if (process.channel) process.abort();");

describe("a drawing process", () => {
  const drawBy = (text: string, more: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {}) => {
    const path = join(temporaryFolder(), "drawing.mjs");
    writeFileSync(path, text);
    return draw({}, { signal: new AbortController().signal, ...more, program: pathToFileURL(path) });
  };
  const nothing = { svg: undefined, png: undefined };
  const sendSvg = 'process.send({ kind: "svg", text: "<svg/>" }';

  test("that aborts leaves nothing, and its end is the problem", async () => {
    const message = "console.error('\\nthread panicked at raster.rs:7'); process.abort();";
    const { problem, ...rest } = await drawBy(message);
    expect(rest).toEqual(nothing);
    expect(problem).toMatch(/^the process that draws (was ended by SIGABRT|ended with exit code \d+): thread panicked at raster.rs:7$/);
  });

  test("that aborts without a word, or runs out of memory, is told by its cause and not by the frame of a stack trace", async () => {
    const silent = await drawBy("process.abort();");
    expect(silent.problem).toMatch(/^the process that draws (was ended by SIGABRT|ended with exit code \d+)$/);
    const missing = await drawBy("import './missing.js';");
    expect(missing.problem).toMatch(/ended with exit code 1: Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module /);
    const exhausted = await drawBy(
      "import v8 from 'node:v8'; v8.setFlagsFromString('--max-old-space-size=30'); const all = []; for (;;) all.push(new Array(1e5).fill(0.5));",
    );
    expect(exhausted.problem).toMatch(/: FATAL ERROR: .*heap/);
  });

  test.each([
    ["node: ../src/x.cc:17: void f(): Assertion `a == b' failed.\n----- Native stack trace -----\n\n 1: 0x9 [node]", /^node: .*Assertion/],
    ["\n\n#\n# Fatal error in , line 0\n# Check failed: x.\n#\n", /^# Fatal error in , line 0$/],
    [
      "thread '<unnamed>' panicked at src/lib.rs:7:9:\nno such font\nnote: run with",
      /^thread '<unnamed>' panicked at src\/lib.rs:7:9: no such font$/,
    ],
    ["Segmentation fault\n", /^Segmentation fault$/],
  ])("that leaves %j has the cause %s", (stderr, cause) => {
    expect(crashCause(stderr)).toMatch(cause);
  });

  test("that leaves nothing but a stack trace has no cause", () => {
    expect(crashCause("----- Native stack trace -----\n\n 1: 0x931db0  [node]\n 2: 0x9eb6c2 f() [node]\n")).toBeUndefined();
  });

  test("that aborts after the SVG leaves the SVG", async () => {
    const drawing = await drawBy(`process.once("message", () => ${sendSvg}, () => process.abort()));`);
    expect(drawing).toEqual({ svg: "<svg/>", png: undefined, problem: expect.stringMatching(/^the process that draws /) });
  });

  test("that says what is wrong is believed", async () => {
    const says = `process.once("message", () => { process.send({ kind: "problem", message: "no such scale" }); process.disconnect(); });`;
    expect(await drawBy(says)).toEqual({ ...nothing, problem: "no such scale" });
  });

  test("that hangs is ended", async () => {
    const hangs = "setInterval(() => {}, 1000);";
    expect(await drawBy(hangs, { timeoutMs: 100 })).toEqual({ ...nothing, problem: "it took longer than 0.1 s" });
  });

  test("is ended with the command that it works for", async () => {
    const controller = new AbortController();
    const drawing = drawBy("setInterval(() => {}, 1000);", { signal: controller.signal });
    controller.abort(new Error("asked to end"));
    await expect(drawing).rejects.toThrow("asked to end");
  });

  test("that cannot be loaded is a problem, not an error", async () => {
    expect(await drawBy("import './missing.js';")).toEqual({ ...nothing, problem: expect.stringContaining("ended with exit code 1") });
  });
});

describe("a renderer that aborts its process", () => {
  test("costs the figure only: the report is whole, no file is named, and a warning says why; exit code 0", async () => {
    const cwd = folderWith(withFigure);
    mkdirSync(join(cwd, "runs/tiny/figures"), { recursive: true });
    for (const kind of ["svg", "png"]) writeFileSync(join(cwd, `runs/tiny/figures/tiny.${kind}`), "older");
    const { code, stdout, stderr } = await steepest(run(), { cwd, env: abortWhileDrawing() });
    expect(stderr).toMatch(/^warning the figure could not be drawn: the process that draws (was ended by|ended with) /);
    expect(code).toBe(0);
    expect(stdout).toContain("1 of 1 claims hold");
    expect(stdout).toMatch(/\nruns\n( {2}runs\/tiny\/\S+\n){4}$/);
    expect(drawn(cwd)).toEqual([]); // nor is an older picture left as if it were theirs
  });

  test("is said in the JSON document, and does not hide a claim that fails", async () => {
    const claims = JSON.stringify([{ left: { arm: "sign", probe: "margin.l2", at: "end" }, relation: ">", right: 1e9 }]);
    const small = ["teacher-student-small", "--quick", "--set", "stop.steps=40", "--set", `claims=${claims}`];
    const options = { cwd: temporaryFolder(), env: abortWhileDrawing() };
    const { code, stdout } = await steepest(["reproduce", ...small, "--json", "--progress", "none"], options);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { figures: [], figureProblem: expect.stringContaining("could not be drawn"), claims: [{ holds: false }] },
    ]);
  });
});

describe("a figure that cannot be written", () => {
  const blocked = (): string => {
    const cwd = folderWith(withFigure);
    mkdirSync(join(cwd, "runs/tiny"), { recursive: true });
    writeFileSync(join(cwd, "runs/tiny/figures"), "a file where the folder belongs");
    return cwd;
  };

  test("leaves the tables, and gives exit code 6 with its cause", async () => {
    const { code, stdout, stderr } = await steepest(run(), { cwd: blocked() });
    expect(code).toBe(6);
    expect(stdout).toContain("1 of 1 claims hold");
    expect(stdout).not.toContain("figure\n");
    expect(stderr).toMatch(/^warning runs\/tiny\/figures\/tiny\.svg: the figure cannot be written: E(EXIST|NOTDIR).*\n$/);
  });

  test("leaves the JSON document", async () => {
    const { code, stdout } = await steepest(run("--json"), { cwd: blocked() });
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ id: "tiny", figures: [], figureProblem: expect.stringContaining("cannot be written") });
  });
});

test("a figure of changed settings stands beside the study's own and says what was changed", async () => {
  const cwd = folderWith(withFigure);
  await steepest(run(), { cwd });
  const own = readFileSync(join(cwd, "runs/tiny/figures/tiny.svg"), "utf8");
  expect((await steepest(run("--seed", "5", "--set", "stop.steps=7"), { cwd })).stdout).toContain(
    "\n  runs/tiny/figures/tiny-seed5-stop.steps=7.svg\n",
  );
  expect(drawn(cwd)).toEqual(["tiny-seed5-stop.steps=7.png", "tiny-seed5-stop.steps=7.svg", "tiny.png", "tiny.svg"]);
  expect(readFileSync(join(cwd, "runs/tiny/figures/tiny.svg"), "utf8")).toBe(own);
  expect(readFileSync(join(cwd, "runs/tiny/figures/tiny-seed5-stop.steps=7.svg"), "utf8")).toContain("changed: seed 5, stop.steps=7");
});

describe("the name of a figure", () => {
  const name = (set: string[], seed: number[] = [], quick = false): string => figureName("tiny", { set, seed, quick });

  test.each([
    [name([]), "tiny"],
    [name([], [], true), "tiny-quick"],
    [name([], [3]), "tiny-seed3"],
    [name([], [0, 1, 2, 5, 7, 8]), "tiny-seeds0-2,5,7-8"],
    [name(["stop.steps=7", "arms.sign.step.size=1e-3"], [1], true), "tiny-quick-seed1-stop.steps=7-arms.sign.step.size=1e-3"],
    [name(['figure=[{"probe":"margin.l2","scale":"log"}]']), "tiny-figure=HASH"],
  ])("%s", (got, expected) => expect(got.replace(/=[0-9a-f]{8}$/, "=HASH")).toBe(expected));

  test("holds only what every file system takes, at a bounded length, and still tells apart what differs", () => {
    const names = [
      name(['arms.sign.step={"rule":"constant","size":1}']),
      name(['arms.sign.step=("rule":"constant","size":1)']),
      name([`question=${"a".repeat(500)}`]),
      name([`question=${"a".repeat(501)}`]),
      name(["question=../../../etc/passwd"]),
      name(["stop.steps=7\u0000"]),
      name([...Array(40).keys()].map((i) => `arms.a${i}.step.size=1`)),
      name([...Array(41).keys()].map((i) => `arms.a${i}.step.size=1`)),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const each of names) expect(each).toMatch(/^tiny-[A-Za-z0-9.,=_+-]{1,99}$/);
  });
});
