import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { OwnMark } from "../src/ownerMark.js";
import { thisProcess } from "../src/processIdentity.js";
import { openRunFolder, readRunFolder, tidyRunFolder } from "../src/runFolder.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

/** Texts of which the disk has no more room for. */
const { disk } = vi.hoisted(() => ({ disk: { isFull: false, closed: 0 } }));

vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  const full = (): never => {
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  const writeSync = ((...args: Parameters<typeof files.writeSync>) =>
    disk.isFull ? full() : files.writeSync(...args)) as typeof files.writeSync;
  const writeFile: typeof files.writeFileSync = (path, data, options) => {
    files.writeFileSync(path, disk.isFull ? "" : data, options);
    if (disk.isFull) full();
  };
  const closeSync: typeof files.closeSync = (handle) => {
    disk.closed++;
    files.closeSync(handle);
  };
  return {
    ...files,
    writeSync,
    writeFileSync: writeFile,
    closeSync,
    default: { ...files, writeSync, writeFileSync: writeFile, closeSync },
  };
});

const options = { study: "study", name: "arm-s0-0", definition: { id: "x" }, environment: {} };
const names = ["definition.json", "environment.json", "outcome.json", "rows.jsonl"];

async function complete(root: string): Promise<string> {
  const folder = await openRunFolder(root, options);
  folder.appendRow({ step: 0 });
  folder.complete({ kind: "finished" });
  return folder.path;
}

test("on a full disk no mark, no half a file and no open file is left", async () => {
  const root = temporaryFolder();
  disk.isFull = true;
  disk.closed = 0;
  expect(await refusal(() => openRunFolder(root, options))).toMatchObject({ code: "STORAGE", value: "ENOSPC" });
  disk.isFull = false;
  expect(disk.closed).toBe(1); // of the mark, which was opened
  expect(readdirSync(join(root, "study/arm-s0-0"))).toEqual([]);
  const folder = await openRunFolder(root, options);
  disk.isFull = true;
  expect(await refusal(() => folder.appendRow({ step: 0 }))).toMatchObject({ code: "STORAGE", value: "ENOSPC" });
  expect(await refusal(() => folder.complete({}))).toMatchObject({ code: "STORAGE", value: "ENOSPC" });
  disk.isFull = false;
  folder.abandon();
  expect(readdirSync(folder.path).sort()).toEqual(["definition.json", "environment.json", "rows.jsonl"]);
});

/** A process that is gone: the id is beyond what systems give. */
const gone = { ...thisProcess(), pid: 2 ** 31 - 2, since: "then", token: "t", beat: 0 };

test("what a killed process left beside a complete run is cleared", async () => {
  const path = await complete(temporaryFolder());
  const before = readRunFolder(path);
  OwnMark.create(join(path, "owner.json"), gone)?.close();
  for (const name of ["rows.jsonl.fresh", "definition.json.fresh", "definition.json.fresh.tmp"]) writeFileSync(join(path, name), "half");
  tidyRunFolder(path);
  expect(readdirSync(path).sort()).toEqual(names);
  expect(readRunFolder(path)).toEqual(before);
});

test("a run that was made again and not yet put in place is put in place", async () => {
  const root = temporaryFolder();
  const path = await complete(root);
  const again = await openRunFolder(root, { ...options, environment: { node: "new" }, fresh: true });
  again.appendRow({ step: 0 });
  const texts = new Map(names.map((name) => [name, readFileSync(join(path, name), "utf8")]));
  again.complete({ kind: "finished" });
  const made = readRunFolder(path);
  for (const name of names) {
    writeFileSync(join(path, `${name}.fresh`), readFileSync(join(path, name)));
    writeFileSync(join(path, name), texts.get(name)!);
  }
  tidyRunFolder(path);
  expect(readdirSync(path).sort()).toEqual(names);
  expect(readRunFolder(path)).toEqual(made);
});

test("a run that was made again and cannot be put in place is kept until it can", async () => {
  const root = temporaryFolder();
  const path = await complete(root);
  const again = await openRunFolder(root, { ...options, environment: { node: "new" }, fresh: true });
  again.appendRow({ step: 0, of: "new" });
  rmSync(join(path, "rows.jsonl"));
  mkdirSync(join(path, "rows.jsonl"));
  expect(await refusal(() => again.complete({ kind: "finished" }))).toMatchObject({ code: "STORAGE" });
  again.abandon();
  expect(readRunFolder(path)).toMatchObject({ environment: { node: "new" }, rows: [{ of: "new" }] });
  rmSync(join(path, "rows.jsonl"), { recursive: true });
  tidyRunFolder(path);
  expect(readdirSync(path).sort()).toEqual(names);
  expect(readRunFolder(path)).toMatchObject({ environment: { node: "new" }, rows: [{ of: "new" }] });
});

test("where somebody may be writing, and where nothing is complete, nothing is touched", async () => {
  const root = temporaryFolder();
  const path = await complete(root);
  for (const owner of [{ ...gone, host: "another" }, thisProcess(), undefined]) {
    writeFileSync(join(path, "owner.json"), owner ? JSON.stringify(owner) : "");
    writeFileSync(join(path, "rows.jsonl.fresh"), "half");
    const before = readdirSync(path);
    tidyRunFolder(path);
    expect(readdirSync(path)).toEqual(before);
  }
  const incomplete = await openRunFolder(root, { ...options, name: "other-s0-0" });
  incomplete.abandon();
  writeFileSync(join(incomplete.path, "rows.jsonl.fresh"), "half");
  tidyRunFolder(incomplete.path);
  expect(readdirSync(incomplete.path)).toContain("rows.jsonl.fresh");
  const next = await openRunFolder(root, { ...options, name: "other-s0-0" });
  next.complete({ kind: "finished" });
  expect(readdirSync(next.path).sort()).toEqual(names);
  tidyRunFolder(join(root, "nowhere"));
});
