import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
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
