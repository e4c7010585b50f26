import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { main, steepest } from "./support/steepest.js";
import { filesOf, folderWith, tiny } from "./support/study.js";

const jitless = { NODE_OPTIONS: "--jitless" };
const word =
  "warning there is no WebAssembly in this Node (node --jitless?): the twin in JavaScript computes, the same numbers, many times slower\n";

test("a study on the twin has the same bytes in its rows, says so once, and is reused where there is WebAssembly", async () => {
  const spectral = {
    optimizer: { kind: "steepest", norm: "spectral", normalized: true },
    step: { rule: "constant", size: 0.01 },
  };
  const cwd = folderWith({ ...tiny, arms: { ...tiny.arms, spectral } });
  const args = ["run", "tiny.json", "--progress", "none"];
  expect(await steepest([...args, "--runs", "here"], { cwd })).toMatchObject({ code: 0, stderr: "" });
  expect(await steepest([...args, "--runs", "there"], { cwd, env: jitless })).toMatchObject({ code: 0, stderr: word });
  const rows = filesOf(cwd, "rows.jsonl", "here/tiny");
  expect(Object.keys(rows)).toHaveLength(6);
  expect(filesOf(cwd, "rows.jsonl", "there/tiny")).toEqual(rows);
  const hosts = ["here/tiny", "there/tiny"].map((runs) => JSON.parse(Object.values(filesOf(cwd, "environment.json", runs))[0]!).host);
  expect(hosts).toEqual(["wasm", "reference"]);
  const again = await steepest(["run", "tiny.json", "--progress", "plain", "--runs", "there"], { cwd });
  expect(again.stderr).toContain("6 runs, 6 complete already and reused");
});

test("machines are told by an event", async () => {
  const cwd = folderWith({ ...tiny, seeds: [0] });
  const { code, stderr } = await steepest(["run", "tiny.json", "--progress", "json"], { cwd, env: jitless });
  expect(code).toBe(0);
  const events = stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ event: "host", host: "reference" });
});

test("our own core passes its laws on the twin", async () => {
  const { code, stdout, stderr } = await steepest(["check", "--family", "steps"], { env: jitless });
  expect(stderr).toBe(word);
  expect(stdout).not.toContain("VIOLATED");
  expect(code).toBe(0);
});

const other = process.env.CONSUMER_NODE;
const limited = (node: string) =>
  spawnSync("sh", ["-c", `ulimit -v 20000000; exec "$0" "$@"`, node, main, "check", "--family", "lp"], {
    encoding: "utf8",
    timeout: 60_000,
  });
const why =
  process.platform !== "linux"
    ? "ulimit -v is of Linux"
    : other === undefined
      ? "CONSUMER_NODE is not set"
      : limited(other).status === 0
        ? "CONSUMER_NODE reserves little address space"
        : undefined;

test.skipIf(why !== undefined)(`a memory that ulimit -v refuses is no damaged binary${why ? ` (skipped: ${why})` : ""}`, () => {
  const { status, stderr } = limited(other!);
  expect(stderr).toMatch(/^error the engine gives no memory of \d+ bytes: /);
  expect(stderr).toContain("hint: each worker thread may reserve 20 GB of address space, whatever it uses: raise the limit (ulimit -v)");
  expect(status).toBe(5);
});
