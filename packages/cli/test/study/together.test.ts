import { spawn } from "node:child_process";
import { utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ended, main, start, steepest } from "../support/steepest.js";
import { filesOf, folderWith, tiny } from "../support/study.js";

const args = ["run", "tiny.json", "--threads", "1"];

test("of many starts of one command at once, each ends with the run or with exit code 7", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0], stop: { steps: 1000 } });
  const all = await Promise.all(Array.from({ length: 3 }, () => steepest([...args, "--progress", "none"], { cwd })));
  for (const { code, stderr } of all) {
    expect([0, 7], stderr).toContain(code);
    if (code === 7)
      expect(stderr).toMatch(/^error (gradient|sign) s0: .*owner\.json: the run is owned by process \d+ on .*\nhint: wait for it/);
  }
  // None needs to end with 0: each of two may own the arm that the other one reaches. Every arm has been made by its owner.
  const after = await steepest([...args, "--json", "--progress", "none"], { cwd });
  expect(JSON.parse(after.stdout).runs).toMatchObject([{ reused: true }, { reused: true }]);
  expect(filesOf(cwd, "owner.json")).toEqual({});
});

test.skipIf(process.platform === "win32")("a run that another process completes after it was planned is reused", async () => {
  const { gradient, sign } = tiny.arms;
  // The first command stands still in its first arm while the other one makes the second arm.
  const arms = { gradient: { ...gradient, stop: { steps: 100_000 } }, sign };
  const cwd = folderWith({ ...tiny, seeds: [0], arms });
  const first = start([...args, "--progress", "json", "--json"], { cwd });
  const result = ended(first);
  await new Promise<void>((resolve) => first.stderr!.on("data", (text: string) => text.includes('"event":"start"') && resolve()));
  first.kill("SIGSTOP");
  const [name] = Object.keys(filesOf(cwd, "owner.json"));
  expect(name).toMatch(/^gradient-s0-/);
  writeFileSync(join(cwd, "sign.json"), JSON.stringify({ ...tiny, seeds: [0], arms: { sign }, claims: [] }));
  expect(await steepest(["run", "sign.json", "--progress", "none"], { cwd })).toMatchObject({ code: 0 });
  first.kill("SIGCONT");
  const { code, stdout, stderr } = await result;
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('"event":"finish","arm":"sign"') });
  expect(JSON.parse(stdout).runs).toMatchObject([
    { arm: "gradient", reused: false },
    { arm: "sign", reused: true },
  ]);
});

test.skipIf(process.platform === "win32")("--fresh that is killed leaves the complete run, which is reused", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0], stop: { steps: 100_000 }, arms: { gradient: tiny.arms.gradient }, claims: [] });
  const made = await steepest([...args, "--json", "--progress", "none"], { cwd });
  const before = filesOf(cwd, "outcome.json");
  const child = spawn(process.execPath, [main, ...args, "--fresh", "--progress", "json"], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  await new Promise<void>((resolve) => child.stderr!.on("data", (text: Buffer) => text.includes('"event":"row"') && resolve()));
  expect(filesOf(cwd, "outcome.json")).toEqual(before);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.on("close", resolve));
  const { code, stdout } = await steepest([...args, "--json", "--progress", "none"], { cwd });
  expect(code).toBe(0);
  const [[one], [other]] = [made, { stdout }].map((result) => JSON.parse(result.stdout).runs);
  expect(other).toEqual({ ...one, reused: true });
});

test("a mark of this host without a live process, an empty mark and a mark from the future block nobody", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0] });
  await steepest([...args, "--progress", "none"], { cwd });
  const names = Object.keys(filesOf(cwd, "outcome.json"));
  const dead = { host: hostname(), pid: 2 ** 22 + 1, processStart: null, since: "2999-01-01T00:00:00.000Z", token: "a test" };
  for (const [i, text] of [JSON.stringify(dead), ""].entries()) {
    const path = join(cwd, "runs/tiny", names[i]!, "owner.json");
    writeFileSync(path, text);
    utimesSync(path, new Date("2999-01-01"), new Date("2999-01-01")); // written before the clock was set back
  }
  expect(await steepest([...args, "--fresh", "--progress", "none"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  expect(filesOf(cwd, "owner.json")).toEqual({});
});
