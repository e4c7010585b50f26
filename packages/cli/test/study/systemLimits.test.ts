import { execFileSync, spawn } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Ended, ended, main } from "../support/steepest.js";
import { filesOf, folderWith, temporaryFolder, tiny } from "../support/study.js";

const other = process.env.CONSUMER_NODE;
const many = { ...tiny, seeds: Array.from({ length: 24 }, (_, i) => i) };
const args = ["run", "tiny.json", "--threads", "24", "--progress", "none"];

/** Runs `steepest` under a limit that a shell sets before. */
function limited(limit: string, cwd: string, node: string = process.execPath): Promise<Ended> {
  const child = spawn("sh", ["-c", `${limit}; exec "$@"`, "sh", node, main, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  return ended(child);
}

describe.skipIf(process.platform === "win32")("where a process may open 64 files", () => {
  test("too many threads end the command with exit code 5, and say so", async () => {
    const { code, stdout, stderr } = await limited("ulimit -n 64", folderWith(many));
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(
      /^error .*EMFILE.*\nhint: this process may open no more files; raise the limit \(ulimit -n\), or use fewer threads\n$/,
    );
  });

  test.skipIf(other === undefined)(
    `the same with the Node of CONSUMER_NODE, whose loader may need more${other === undefined ? " (skipped: CONSUMER_NODE is not set)" : ""}`,
    async () => {
      const { code, stdout, stderr } = await limited("ulimit -n 64", folderWith(many), other!);
      expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
      expect(stderr).toMatch(/\nhint: this process may open no more files; raise the limit \(ulimit -n\)/);
    },
  );
});

/** A user id that runs nothing else: the limit counts all processes of a user. */
const userId = 1_000_000 + process.pid;

/** The reason why the test cannot run as another user, as it must since root has no limit of processes: Node must be readable for all users. */
function whyNotSomebody(): string | undefined {
  if (process.getuid?.() !== 0) return "only root can become another user";
  if (other === undefined) return "CONSUMER_NODE is not set";
  try {
    const somebody = [`--reuid=${userId}`, "--clear-groups", "prlimit", "--nproc=64", other, "--check", main];
    execFileSync("setpriv", somebody, { stdio: "ignore" });
    return undefined;
  } catch {
    return "setpriv and prlimit cannot run CONSUMER_NODE as another user";
  }
}

const why = whyNotSomebody();

test.skipIf(why !== undefined)(
  `where no more threads may be started, the command ends with exit code 5${why === undefined ? "" : ` (skipped: ${why})`}`,
  async () => {
    const cwd = temporaryFolder();
    chmodSync(cwd, 0o777);
    writeFileSync(join(cwd, "tiny.json"), JSON.stringify(many));
    // Node itself starts about ten threads, and ends with a stack trace where it cannot: 20 are enough for it, and for some of the workers.
    const { code, stdout, stderr } = await limited(`exec setpriv --reuid=${userId} --clear-groups prlimit --nproc=20 "$@"`, cwd, other!);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(
      /^error the worker worker\.js cannot be started: .*EAGAIN\nhint: no more threads or processes may be started; raise the limit/,
    );
    expect(filesOf(cwd, "owner.json")).toEqual({});
  },
);

test("more runs than anybody can keep are refused at once, with their number", async () => {
  const arm = Object.values(tiny.arms)[0]!;
  const arms = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`arm${i}`, arm]));
  const cwd = folderWith({ ...tiny, arms, seeds: Array.from({ length: 10_000 }, (_, i) => i), claims: [] });
  const { code, stdout, stderr } = await ended(spawn(process.execPath, [main, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] }));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error seeds: 1000 arms under 10000 seeds are 10000000 runs, at most 100000 /);
  expect(() => filesOf(cwd, "owner.json")).toThrow("ENOENT"); // no folder was made
});
