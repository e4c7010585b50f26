import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { ended, main, start } from "./support/steepest.js";
import { folderWith, temporaryFolder } from "./support/study.js";

const commands = [["list"], ["--help"], ["run", "tiny.json", "--progress", "none"], ["serve", "--port", "0"]];

test.skipIf(!existsSync("/dev/full")).each(commands)(
  "steepest %s says in one line that its output cannot be written, exit code 6",
  async (...args) => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [main, ...args], { cwd: folderWith(), stdio: ["ignore", full, "pipe"] });
    closeSync(full);
    let stderr = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringMatching(/^error stdout: cannot be written: ENOSPC.*\n$/) });
  },
);

test.skipIf(!existsSync("/dev/full"))("progress that cannot be written gives exit code 6 as well", async () => {
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [main, "run", "tiny.json"], { cwd: folderWith(), stdio: ["ignore", "ignore", full] });
  closeSync(full);
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(6);
});

test("a reader who has seen enough is no error", async () => {
  const child = start(["list"], { cwd: temporaryFolder() });
  const result = ended(child);
  child.stdout!.destroy();
  expect(await result).toMatchObject({ code: 0, stderr: "" });
});

test("an error keeps its exit code where nobody reads what is said of it", async () => {
  const child = start(["show", "nothere", "--json"], { cwd: temporaryFolder() });
  const result = ended(child);
  child.stdout!.destroy();
  expect(await result).toMatchObject({ code: 2 });
});
