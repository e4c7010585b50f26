import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const adapter = fileURLToPath(new URL("../../laws/adapters/numpy_norms.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "steepest-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

const check = (...args: string[]) => spawnSync(process.execPath, [program, "check", ...args], { encoding: "utf8", timeout: 50_000 });

function module(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const linf = `norm: (x) => x.reduce((top, v) => Math.max(top, Math.abs(v)), 0), dualNorm: (g) => g.reduce((sum, v) => sum + Math.abs(v), 0)`;

/** A process that answers every request with what \`answer\` makes of it. */
const answering = (name: string, answer: string): string =>
  `exec:"${process.execPath}" "${module(
    name,
    `import { createInterface } from "node:readline";
     createInterface({ input: process.stdin }).on("line", (line) => { const { id, call, args } = JSON.parse(line); ${answer} });`,
  )}"`;

describe("steepest check", () => {
  test("our own norms pass every law", () => {
    const { status, stdout } = check();
    expect(stdout).toMatch(/^norm +law +cases +worst slack +verdict\n/);
    expect(stdout).not.toContain("VIOLATED");
    expect(status).toBe(0);
  });

  test("a module with a wrong sign is refuted, with a counterexample and a replay that refutes it again", () => {
    const path = module("wrong.mjs", `export default { ${linf}, lmo: (g) => g.map(Math.sign) };`);
    const { status, stdout } = check("--subject", path, "--law", "lmo-attains-dual-norm");
    expect(status).toBe(1);
    expect(stdout).toContain("VIOLATED");
    const [, json] = /--replay '(.*)'/.exec(stdout)!;
    const again = check("--subject", path, "--law", "lmo-attains-dual-norm", "--replay", json!);
    expect(again.stdout).toContain("times the rounding bound");
    expect(again.status).toBe(1);
  });

  test("a module that is right passes, and --json is one document", () => {
    const path = module("right.mjs", `export default { ${linf}, lmo: (g) => g.map((v) => (Number.isNaN(v) ? v : -Math.sign(v))) };`);
    const { status, stdout } = check("--subject", path, "--law", "lmo-attains-dual-norm", "--json");
    expect(JSON.parse(stdout)).toMatchObject([{ law: "lmo-attains-dual-norm", verdict: "holds", cases: 25 }]);
    expect(status).toBe(0);
  });

  test.each([
    [
      "--law",
      "lmo-atains-dual-norm",
      2,
      'error --law: there is no law "lmo-atains-dual-norm"\nhint: did you mean "lmo-attains-dual-norm"?\n',
    ],
    ["--seed", "-1", 2, 'error --seed: must be an integer in [0, 2147483647], got "-1"\n'],
    ["--subject", module("empty.mjs", "export default {};"), 2, "must have a function norm"],
    ["--subject", "exec:echo hi", 5, 'error subject exec:echo hi: answered "hi", expected a line of JSON with an id\n'],
    ["--subject", "exec:exit 3", 5, "error subject exec:exit 3: ended with exit code 3\n"],
    [
      "--subject",
      answering("less.mjs", `console.log(JSON.stringify({ id, value: { members: ["norm"] } }));`),
      5,
      "does not offer dualNorm",
    ],
    [
      "--subject",
      answering(
        "short.mjs",
        `console.log(JSON.stringify({ id, value: call === "hello" ? { members: ["norm", "dualNorm", "lmo"] } : call === "lmo" ? [] : 1 }));`,
      ),
      5,
      "answered lmo with [], expected",
    ],
  ])("%s %s ends with exit code %i", (option, value, code, message) => {
    const { status, stderr } = check(option, value);
    expect(stderr).toContain(message);
    expect(status).toBe(code);
  });

  const hasNumpy = spawnSync("/usr/bin/python3", ["-c", "import numpy"]).status === 0;
  test.skipIf(!hasNumpy).each(["l1", "l2", "linf", "spectral"])(
    `the numpy adapter's %s passes the laws${hasNumpy ? "" : " (skipped: /usr/bin/python3 has no numpy)"}`,
    (norm) => {
      const { status, stdout } = check("--subject", `exec:/usr/bin/python3 ${adapter} ${norm}`);
      expect(stdout).toMatch(/(\d+) of \1 laws hold/);
      expect(status).toBe(0);
    },
  );
});
