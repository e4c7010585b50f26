import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { readRows } from "../src/rowsFile.js";
import { openRunFolder, readRunFolder } from "../src/runFolder.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

const script = fileURLToPath(new URL("./support/workers/runForever.mjs", import.meta.url));
const options = { study: "study", name: "arm-s0-0", definition: { id: "killed" }, environment: {} };

async function startWriter(root: string, ...more: string[]): Promise<{ child: ChildProcess; path: string }> {
  const child = spawn(process.execPath, [script, root, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await once(child.stdout!, "data");
  return { child, path: String(line).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

/** Resolves a moment after the file has stopped being empty. */
async function whileWriting(path: string, milliseconds: number): Promise<void> {
  while (statSync(join(path, "rows.jsonl")).size === 0) await setTimeout(1);
  await setTimeout(milliseconds);
}

describe("a killed writer", () => {
  test.each([0, 5, 20, 60])("after %d ms leaves no outcome and at most one torn row", async (milliseconds) => {
    const { child, path } = await startWriter(temporaryFolder(), "Infinity");
    await whileWriting(path, milliseconds);
    await kill(child);
    expect(readRunFolder(path)).toBeUndefined();
    const { rows } = readRows(join(path, "rows.jsonl"));
    expect(rows.length).toBeGreaterThan(0);
    rows.forEach((row, i) => {
      expect(row).toMatchObject({ step: i, logRisk: -i / 3 });
    });
  });

  test("that was making a complete run again leaves it as it was", async () => {
    const root = temporaryFolder();
    const done = await openRunFolder(root, options);
    done.complete({ kind: "finished" });
    const before = readRunFolder(done.path);
    const { child, path } = await startWriter(root, "Infinity", "fresh");
    await kill(child);
    expect(readRunFolder(path)).toEqual(before);
    expect(await refusal(() => openRunFolder(root, options))).toMatchObject({ code: "RUN_COMPLETE" });
  });

  test("is taken over by the next one", async () => {
    const root = temporaryFolder();
    const { child, path } = await startWriter(root, "Infinity");
    await kill(child);
    expect(existsSync(join(path, "owner.json"))).toBe(true);
    const folder = await openRunFolder(root, options);
    folder.appendRow({ step: 7 });
    folder.complete({ kind: "finished" });
    expect(readRunFolder(path)!.rows).toEqual([{ step: 7 }]);
    expect(readdirSync(path).sort()).toEqual(["definition.json", "environment.json", "outcome.json", "rows.jsonl"]);
  });
});

describe("a live writer", () => {
  test("in another process keeps the folder", async () => {
    const root = temporaryFolder();
    const { child, path } = await startWriter(root, "Infinity");
    const error = await refusal(() => openRunFolder(root, options));
    expect(error).toMatchObject({ code: "RUN_OWNED", path: join(path, "owner.json"), value: { pid: child.pid, host: hostname() } });
    expect(error.message).toContain(`process ${child.pid} on ${hostname()}`);
    await kill(child);
    expect(readRows(join(path, "rows.jsonl")).rows.length).toBeGreaterThan(0);
  });

  test("in this process keeps it too, until it completes or abandons", async () => {
    const root = temporaryFolder();
    const first = await openRunFolder(root, options);
    expect(await refusal(() => openRunFolder(root, { ...options, fresh: true }))).toMatchObject({ code: "RUN_OWNED" });
    first.abandon();
    const second = await openRunFolder(root, options);
    second.complete({});
    (await openRunFolder(root, { ...options, fresh: true })).abandon();
  });

  test("finishing releases the folder", async () => {
    const { child, path } = await startWriter(temporaryFolder(), "50");
    if (child.exitCode === null) await once(child, "exit");
    expect(readRunFolder(path)!.rows.length).toBe(50);
    expect(existsSync(join(path, "owner.json"))).toBe(false);
  });
});

describe("owner.json", () => {
  async function ownedBy(content: string | object): Promise<string> {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, options);
    folder.abandon();
    writeFileSync(join(folder.path, "owner.json"), typeof content === "string" ? content : JSON.stringify(content));
    return root;
  }
  const self = { host: hostname(), pid: process.pid, processStart: null, since: "2026-01-01T00:00:00.000Z", token: "t" };
  const deadPid = 2 ** 22 + 1; // above Linux's largest process id

  test("of this process is respected", async () => {
    const root = await ownedBy(self);
    expect(await refusal(() => openRunFolder(root, options))).toMatchObject({ code: "RUN_OWNED" });
    expect(readFileSync(join(root, "study", "arm-s0-0", "owner.json"), "utf8")).toBe(JSON.stringify(self));
  });

  test("of a dead process is replaced", async () => {
    (await openRunFolder(await ownedBy({ ...self, pid: deadPid }), options)).complete({});
  });

  test.skipIf(process.platform !== "linux")("of an earlier process with the same id is replaced", async () => {
    (await openRunFolder(await ownedBy({ ...self, processStart: "1" }), options)).complete({});
  });

  test.skipIf(process.platform !== "linux")("of a process that has ended and was not reaped is replaced", async () => {
    // The shell becomes a sleep that never waits for its child; the child is a zombie as soon as it has ended.
    const shell = spawn("sh", ["-c", 'sh -c "echo \\$\\$" & exec sleep 60'], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void shell.kill("SIGKILL"));
    const [line] = await once(shell.stdout, "data");
    const pid = Number(line);
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) await setTimeout(5);
    const processStart = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")[19];
    (await openRunFolder(await ownedBy({ ...self, pid, processStart }), options)).complete({});
  });

  test("of a dead process goes to exactly one of many who want it", async () => {
    const root = await ownedBy({ ...self, pid: deadPid });
    const children = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const child = spawn(process.execPath, [script, root, "Infinity"], { stdio: ["ignore", "pipe", "pipe"] });
        onTestFinished(() => void child.kill("SIGKILL"));
        const complaint = text(child.stderr);
        const end = await Promise.race([once(child.stdout, "data").then(() => "owns it"), complaint]);
        return { child, end };
      }),
    );
    const [owners, others] = [children.filter(({ end }) => end === "owns it"), children.filter(({ end }) => end !== "owns it")];
    expect(owners.length).toBe(1);
    for (const { end } of others) expect(end).toContain("RUN_OWNED");
    await Promise.all(owners.map(({ child }) => kill(child)));
  });
});
