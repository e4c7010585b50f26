import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { ctrlC, noTerminal, onTerminal } from "./support/pseudoTerminal.js";
import { ended, start } from "./support/steepest.js";
import { filesOf, folderWith, temporaryFolder, tiny } from "./support/study.js";

const { sign } = tiny.arms;
/** A definition with hours of steps, which the live line shows. */
const endless = {
  ...tiny,
  claims: [],
  seeds: [0],
  stop: { steps: 1e12 },
  arms: { sign: { ...sign, step: { rule: "constant", size: 1e-9 } } },
};

const kept = "hint: complete runs are kept, and so is where the others were: the same command goes on from there";
const catalogArms = `--set=${`arms=${JSON.stringify({ sign: endless.arms.sign })}`}`;
const studies: Readonly<Record<string, readonly string[]>> = {
  run: ["run", "tiny.json", "--threads", "1"],
  reproduce: [
    "reproduce",
    "teacher-student-small",
    "--threads",
    "1",
    catalogArms,
    "--set=claims=[]",
    "--set=seeds=[0]",
    "--set=stop.steps=1e12",
  ],
};

function folderWithMarks(cwd: string): string[] {
  return ["tiny", "teacher-student-small"]
    .filter((study) => existsSync(join(cwd, "runs", study)))
    .flatMap((study) => Object.keys(filesOf(cwd, "owner.json", `runs/${study}`)));
}

describe.skipIf(noTerminal !== undefined)(`on a terminal${noTerminal ? ` (skipped: ${noTerminal})` : ""}`, () => {
  test.each(Object.entries(studies))("Ctrl-C ends steepest %s with a word, exit code 75 and no mark of ownership", async (_name, args) => {
    const cwd = folderWith(endless);
    const terminal = onTerminal(args, cwd);
    await terminal.shows(/sign s0 {2}step [1-9]/);
    expect(folderWithMarks(cwd)).toHaveLength(1);
    terminal.type(ctrlC);
    const { code, screen } = await terminal.ended;
    expect(screen).toContain(`error interrupted by SIGINT\r\n${kept}\r\n`);
    expect(code).toBe(75);
    expect(folderWithMarks(cwd)).toEqual([]);
  });

  test("Ctrl-C ends steepest serve as it is meant to end", async () => {
    const terminal = onTerminal(["serve", "--port", "0"], temporaryFolder());
    await terminal.shows("Ctrl-C ends");
    terminal.type(ctrlC);
    expect((await terminal.ended).code).toBe(0);
  });

  test("Ctrl-C ends steepest check while a subject thinks", async () => {
    const cwd = temporaryFolder();
    const stuck = "export default { norm: () => { console.log('thinking'); for (;;); }, dualNorm: () => 1, lmo: (g) => g };";
    writeFileSync(
      join(cwd, "stuck.mjs"),
      `import { writeSync } from "node:fs";${stuck.replace("console.log('thinking')", "writeSync(1, 'thinking')")}`,
    );
    const terminal = onTerminal(["check", "--subject", "stuck.mjs"], cwd);
    await terminal.shows("thinking");
    terminal.type(ctrlC);
    const { code, screen } = await terminal.ended;
    expect(screen).toContain("error interrupted by SIGINT\r\n");
    expect(code).toBe(75);
  });

  test("a terminal that closes leaves no mark of ownership", async () => {
    const cwd = folderWith(endless);
    const terminal = onTerminal(studies.run!, cwd);
    await terminal.shows(/sign s0 {2}step [1-9]/);
    const [mark] = Object.values(filesOf(cwd, "owner.json"));
    const { pid } = JSON.parse(mark!) as { pid: number };
    terminal.child.kill("SIGKILL");
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 20_000, interval: 50 });
    expect(filesOf(cwd, "owner.json")).toEqual({});
  });
});

function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === "win32")("a signal", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU"] as const)(
    "%s ends a study with exit code 75, opens no debugger and leaves no mark of ownership",
    async (signal) => {
      const cwd = folderWith(endless);
      const child = start([...studies.run!, "--progress", "json"], { cwd });
      const result = ended(child);
      child.stderr!.on("data", (text: string) => {
        if (text.includes('"event":"row"') && !child.killed) child.kill(signal);
      });
      const { code, stdout, stderr } = await result;
      expect(stderr.split("\n").slice(-3)).toEqual([`error interrupted by ${signal}`, kept, ""]);
      expect({ code, stdout }).toEqual({ code: 75, stdout: "" });
      expect(stderr).not.toContain("Debugger");
      expect(filesOf(cwd, "owner.json")).toEqual({});
    },
  );

  test("is never left to the system while the program ends: Node is not let end by itself", async () => {
    const saysWhenDrained = "data:text/javascript,process.on('beforeExit',()=>console.error('drained'))"; // process.exit() emits no such event
    const env = { NODE_OPTIONS: `--import=${saysWhenDrained}` };
    const ends = async (args: readonly string[], said: string): Promise<string> => {
      const child = start(args, { cwd: folderWith(endless), env });
      const result = ended(child);
      for (const stream of [child.stdout!, child.stderr!])
        stream.on("data", (text: string) => text.includes(said) && !child.killed && child.kill("SIGINT"));
      return (await result).stderr;
    };
    expect(await ends(["list", "norms"], "never said")).toContain("drained");
    expect(await ends([...studies.run!, "--progress", "json"], '"event":"row"')).not.toContain("drained");
    expect(await ends(["serve", "--port", "0"], "http://")).not.toContain("drained");
  });

  const built = (name: string): string => JSON.stringify(new URL(`../dist/${name}.js`, import.meta.url).href);
  /** Work that ignores its signal. */
  const deaf = `
    const { heedSignals } = await import(${built("signals")});
    heedSignals();
    setInterval(() => {}, 1000);
    const { interruptible } = await import(${built("interruption")});
    await interruptible((signal) => new Promise(() => {
      signal.addEventListener("abort", () => console.log("called off"));
      console.log("working");
    }));`;

  test("asked a second time, the program ends at once; what comes twice within a moment is asked once", async () => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", deaf], { stdio: ["ignore", "pipe", "pipe"] });
    const result = ended(child);
    const says = (text: string): Promise<void> =>
      new Promise((resolve) => child.stdout.on("data", (heard: string) => heard.includes(text) && resolve()));
    await says("working");
    const calledOff = says("called off");
    child.kill("SIGINT");
    child.kill("SIGTERM"); // as npm passes on what the terminal has sent already
    await calledOff;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(child.exitCode).toBe(null);
    child.kill("SIGTERM");
    expect(await result).toMatchObject({ code: 75, signal: null, stderr: "error interrupted by SIGTERM\n" });
  });
});
