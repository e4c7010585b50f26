import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { slackText, violationText } from "@steepest/laws";
import { describe, expect, test } from "vitest";
import { ended, main, steepest } from "./support/steepest.js";
import { folderWith, temporaryFolder, tiny } from "./support/study.js";

describe("a mistake on the command line is answered with what to write", () => {
  test.each([
    [["run", "tiny.json", "--quick"], "error unknown option '--quick'\nhint: --quick is an option of steepest reproduce\n"],
    [
      ["run", "tiny.json", "--epochs", "3"],
      "error unknown option '--epochs'\nhint: steepest COMMAND --help lists the options of a command\n",
    ],
    [["train", "tiny.json"], "error unknown command 'train'\nhint: commands: run, reproduce, list, show, schema, check, serve, version\n"],
  ])("%j", async (args, stderr) => {
    expect(await steepest(args, { cwd: folderWith() })).toEqual({ code: 2, signal: null, stdout: "", stderr });
  });

  test.each([
    ["./mine.py", 'asked as a process: --subject "exec:python3 ./mine.py"'],
    ["python3 mine.py l2", 'asked as a process: --subject "exec:python3 mine.py l2"'],
    ["./none.mjs", "a module is given by its path, and its default export is the subject"],
  ])("check --subject %s", async (subject, hint) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "mine.py"), "print(1)\n");
    const { code, stderr } = await steepest(["check", "--subject", subject], { cwd });
    expect({ code, hint: stderr.split("\nhint: ")[1] }).toEqual({ code: 2, hint: expect.stringContaining(hint) });
  });
});

test("show - prints the complete definition that stands on the standard input", async () => {
  const child = spawn(process.execPath, [main, "show", "-"], { stdio: ["pipe", "pipe", "pipe"] });
  const { source: _, ...written } = tiny;
  child.stdin.end(JSON.stringify(written));
  const { code, stdout, stderr } = await ended(child);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({ ...tiny, source: "" });
});

describe("with --json an error is a JSON document on stdout, beside its text on stderr", () => {
  test("of a definition, with every problem", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "bad.json"), JSON.stringify({ ...tiny, seeds: "0-2", stop: 3 }));
    const { code, stdout, stderr } = await steepest(["run", "bad.json", "--json"], { cwd });
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "DEFINITION",
        exitCode: 2,
        problems: [
          { message: 'seeds: must be an array, got "0-2"', path: "seeds", hint: 'write "seeds": [0, 1, 2]' },
          { message: "stop: must be an object, got 3", path: "stop", hint: 'e.g. "stop": { "steps": 5000 }' },
        ],
      },
    });
    expect({ code, lines: stderr.split("\n").length }).toEqual({ code: 2, lines: 5 });
  });

  test("of the command line itself", async () => {
    const { code, stdout } = await steepest(["run", "tiny.json", "--json", "--quick"], { cwd: folderWith() });
    expect({ code, error: JSON.parse(stdout).error }).toMatchObject({ code: 2, error: { code: "USAGE", exitCode: 2 } });
  });
});

describe("violations that look like another arithmetic name the option for it", () => {
  /** The l2 norm and its dual as `compute` has them. */
  const l2 = (compute: string) => `
    const norm = (x) => { let s = 0; for (const v of x) s = ${compute}; return Math.sqrt(s); };
    export default { norm, dualNorm: norm, lmo: (g) => { const n = norm(g); return g.map((v) => (n === 0 ? 0 : -v / n)); } };
  `;
  const checked = async (source: string, ...args: string[]) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "l2.mjs"), source);
    const { stdout } = await steepest(["check", "--subject", "./l2.mjs", ...args], { cwd });
    return stdout;
  };
  const single = "Math.fround(s + Math.fround(Math.fround(v) * Math.fround(v)))";

  test("rounding of float32: --precision f32", async () => {
    const stdout = await checked(l2(single), "--range", "1e-10,1e10");
    expect(stdout).toMatch(/^hint: the rounding of float32 would explain \d+ of \d+ violations: .+ --precision f32$/m);
    expect(await checked(l2(single), "--range", "1e-10,1e10", "--precision", "f32")).not.toContain("hint: ");
  });

  test("squares that overflow: --range, and the laws hold with it", async () => {
    const stdout = await checked(l2("s + v * v"));
    expect(stdout).toMatch(/^hint: overflow and underflow would explain \d+ of \d+ violations: .+ --range 1e-150,1e150$/m);
    expect(stdout).not.toMatch(/slack NaN| NaN +VIOLATED/);
    expect(await checked(l2("s + v * v"), "--range", "1e-150,1e150")).not.toContain("VIOLATED");
  });
});

test("a slack that is no number is told in words", () => {
  expect([Number.NaN, Infinity, 0, 2.25].map(slackText)).toEqual(["no number", "unbounded", "0.0", "2.3"]);
  expect([Number.NaN, Infinity, 2].map(violationText)).toEqual([
    "gives no number that can be compared",
    "is violated where rounding excuses nothing",
    "is off by 2.00 times the rounding bound",
  ]);
});
