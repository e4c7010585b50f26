import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startProcessSubject } from "../../dist/check/processSubject.js"; // built: it starts a thread from a file beside it
import { ended, start, steepest } from "../support/steepest.js";

const folder = mkdtempSync(join(tmpdir(), "steepest-check-process-"));
afterAll(() => rmSync(folder, { recursive: true }));

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return `"${process.execPath}" "${path}"`;
}

const pidFile = join(folder, "pid");
beforeEach(() => rmSync(pidFile, { force: true }));

/** A process without end: it neither reads stdin nor heeds SIGTERM. */
const stubborn = script(
  "stubborn.mjs",
  `import { writeFileSync } from "node:fs";
   process.on("SIGTERM", () => {});
   setInterval(() => {}, 1000);
   writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`,
);

/** The max norm, right in all questions asked here; `delay` in milliseconds before every answer but the hello. */
const linf = (name: string, delay: number): string =>
  script(
    name,
    `import { createInterface } from "node:readline";
     createInterface({ input: process.stdin }).on("line", (line) => {
       const { id, call, args } = JSON.parse(line);
       const x = (args[0] ?? []).map(Number);
       const value = call === "hello" ? { members: ["norm", "dualNorm", "lmo"] }
         : call === "norm" ? Math.max(...x.map(Math.abs))
         : call === "dualNorm" ? x.reduce((sum, v) => sum + Math.abs(v), 0) : x.map((v) => -Math.sign(v) + 0);
       setTimeout(() => console.log(JSON.stringify({ id, value })), call === "hello" ? 0 : ${delay});
     });`,
  );

function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

async function pidOfGrandchild(): Promise<number> {
  await vi.waitFor(() => expect(existsSync(pidFile) && readFileSync(pidFile, "utf8")).toBeTruthy(), { timeout: 20_000, interval: 50 });
  return Number(readFileSync(pidFile, "utf8"));
}

const waitUntilGone = (pid: number): Promise<void> =>
  vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000, interval: 50 });

describe("a command under steepest check", () => {
  test("and what it started are gone when steepest has ended", async () => {
    const command = `exec:${stubborn} & while [ ! -s "${pidFile}" ]; do sleep 0.05; done; ${linf("quick.mjs", 0)}`;
    const { code, stdout } = await steepest(["check", "--subject", command, "--law", "lmo-attains-dual-norm"]);
    expect(stdout).toContain("1 of 1 laws hold");
    expect(code).toBe(0);
    expect(isRunning(await pidOfGrandchild())).toBe(false);
  });

  test("that is silent is ended with all it started once the patience is over", async () => {
    const command = `exec:${stubborn} & wait`;
    const { code, stderr } = await steepest(["check", "--subject", command, "--patience", "3"]);
    expect(stderr).toContain(`error subject ${command}: gave no answer within 3 s\n`);
    expect(code).toBe(5);
    expect(isRunning(await pidOfGrandchild())).toBe(false);
  });

  test("that ends while something it started goes on is lost, and that is ended", async () => {
    const command = `exec:${stubborn} & while [ ! -s "${pidFile}" ]; do sleep 0.05; done; exit 4`;
    const { code, stderr } = await steepest(["check", "--subject", command]);
    expect(stderr).toContain(`error subject ${command}: ended with exit code 4\n`);
    expect(code).toBe(5);
    expect(isRunning(await pidOfGrandchild())).toBe(false);
  });

  test("may leave a process of another group behind, which does not hold steepest up", async () => {
    const escaping = script(
      "escape.mjs",
      `import { spawn } from "node:child_process";
       spawn(${JSON.stringify(stubborn)}, { shell: true, detached: true, stdio: "inherit" }).unref();`,
    );
    const command = `exec:${escaping}; while [ ! -s "${pidFile}" ]; do sleep 0.05; done; exit 4`;
    const child = start(["check", "--subject", command]);
    const code = await new Promise((resolve) => child.on("exit", resolve));
    const pid = await pidOfGrandchild();
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
    expect(code).toBe(5);
  });

  test.each([
    ["SIGINT", { code: 75, stdout: "", stderr: "error interrupted by SIGINT\n" }],
    ["SIGTERM", { code: 75, stdout: "", stderr: "error interrupted by SIGTERM\n" }],
    ["SIGKILL", { signal: "SIGKILL" }],
  ] as const)("does not outlive steepest that ends by %s", async (signal, expected) => {
    const command = `exec:${stubborn} & ${linf("slow.mjs", 100)}`;
    const child = start(["check", "--subject", command]);
    const end = ended(child);
    const pid = await pidOfGrandchild();
    expect(isRunning(pid)).toBe(true);
    child.kill(signal);
    expect(await end).toMatchObject(expected);
    await waitUntilGone(pid);
  });

  test("takes and gives vectors of 300 000 numbers bit for bit, in lines of megabytes that hold other separators", async () => {
    const echo = script(
      "echo.mjs",
      `let rest = "";
       process.stdin.setEncoding("utf8").on("data", (text) => {
         const lines = (rest + text).split("\\n");
         rest = lines.pop();
         for (const line of lines) {
           const { id, call, args } = JSON.parse(line);
           const answer = { padding: "\\u2028\\u2029".repeat(100000), id, value: call === "hello" ? {} : args[0] };
           process.stdout.write(JSON.stringify(answer) + "\\n");
         }
       });`,
    );
    const x = Float64Array.from(
      { length: 300_000 },
      (_, i) => [1 / (i + 1), -i, 5e-324, -1.7976931348623157e308, -0, NaN, -Infinity][i % 7]!,
    );
    const { foreign, close } = await startProcessSubject(echo, 50);
    try {
      for (let times = 0; times < 3; times++) {
        const heard = foreign.vector(x.length, "echo", x);
        expect(heard.every((value, i) => Object.is(value, x[i]))).toBe(true);
      }
    } finally {
      await close();
    }
  });

  test.each(["0", "-1", "soon", "1e9"])("--patience %s is refused", async (value) => {
    const { code, stderr } = await steepest(["check", "--patience", value]);
    expect(stderr).toBe(`error --patience: must be a number of seconds in (0, 86400], got "${value}"\n`);
    expect(code).toBe(2);
  });
});
