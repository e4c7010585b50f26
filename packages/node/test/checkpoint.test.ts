import { cpSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { checkpointBytes, parseCheckpoint } from "../src/checkpoint.js";
import { OwnMark } from "../src/ownerMark.js";
import { thisProcess } from "../src/processIdentity.js";
import { openRunFolder, readRunFolder, tidyRunFolder } from "../src/runFolder.js";
import { before, definition, fileNames, interrupted, latest, options, row, rowsText, same, stateAt, write } from "./support/interrupted.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

/** A system that ends the process, or refuses to write, at a call that changes the disk. */
const { system } = vi.hoisted(() => ({ system: { left: Number.POSITIVE_INFINITY, isFull: false, calls: 0 } }));

class Killed extends Error {}

vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  /** Calls, unless the process is dead; at its last call half of what it writes is written. */
  const counted =
    <A extends unknown[], R>(call: (...args: A) => R, half?: (...args: A) => void) =>
    (...args: A): R => {
      system.calls++;
      if (system.left <= 0) throw new Killed();
      if (--system.left === 0) {
        half?.(...args);
        throw new Killed();
      }
      return call(...args);
    };
  const full = (): never => {
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  const halfOf = <T extends string | NodeJS.ArrayBufferView>(data: T): T => {
    const bytes = typeof data === "string" ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return bytes.subarray(0, bytes.length >> 1) as unknown as T;
  };
  const writeFileSync = counted(
    ((path, data, options) => {
      files.writeFileSync(path, system.isFull ? halfOf(data) : data, { ...(options as object), flush: false });
      if (system.isFull) full();
    }) as typeof files.writeFileSync,
    (path, data, options) => files.writeFileSync(path, halfOf(data), options),
  );
  const writeSync = counted(
    ((handle: number, data: Uint8Array, from?: number) => {
      if (!system.isFull) return files.writeSync(handle, data, from ?? 0);
      files.writeSync(handle, data, from ?? 0, data.length >> 1);
      return full();
    }) as typeof files.writeSync,
    ((handle: number, data: Uint8Array) => files.writeSync(handle, data, 0, data.length >> 1)) as never,
  );
  const changed = {
    ...files,
    writeFileSync,
    writeSync,
    renameSync: counted(files.renameSync),
    rmSync: counted(files.rmSync),
    ftruncateSync: counted(files.ftruncateSync),
    openSync: counted(files.openSync),
    fsyncSync: counted(() => {}), // no machine fails here
  };
  return { ...changed, default: changed };
});

beforeEach(() => {
  system.left = Number.POSITIVE_INFINITY;
  system.isFull = false;
});

describe("a checkpoint file", () => {
  const place = { definitionHash: "d", numerics: undefined, rowCount: 3, rowsHash: "r", isEnd: false };

  test("reads back what was written", () => {
    expect(parseCheckpoint("c", checkpointBytes({ checkpoint: stateAt(3), place }))).toEqual({ checkpoint: stateAt(3), place });
  });

  test("with any bit turned is refused", async () => {
    const bytes = checkpointBytes({ checkpoint: stateAt(3), place });
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at]! ^= 1 << (at % 8);
      if (damaged[at] === 0x20 || bytes[at] === 0x20) continue; // blanks behind the header
      expect(await refusal(() => parseCheckpoint("c", damaged)), `byte ${at}`).toMatchObject({ code: "DATA" });
    }
  });
});

describe("an interrupted run", () => {
  test("goes on at its checkpoint, and is what it would have been", async () => {
    const root = temporaryFolder();
    const path = await interrupted(root);
    expect(readdirSync(path).sort()).toEqual([
      "checkpoint.before.safetensors",
      "checkpoint.safetensors",
      "definition.json",
      "environment.json",
      "rows.jsonl",
    ]);
    const again = await openRunFolder(root, { ...options, resume: same });
    expect(again.refused).toEqual([]);
    expect(again.resumed).toEqual({ checkpoint: stateAt(5), rows: [0, 1, 2, 3, 4, 5].map(row), folder: path });
    expect(readFileSync(join(path, "rows.jsonl"), "utf8")).toBe(rowsText(6));
    write(again, 10);
    again.checkpoint(stateAt(9), true);
    again.complete({ kind: "finished" });
    expect(readRunFolder(path)!.rows).toEqual([...Array(10).keys()].map(row));
    expect(readFileSync(join(path, "rows.jsonl"), "utf8")).toBe(rowsText(10));
    expect(readdirSync(path).sort()).toEqual(["checkpoint.safetensors", ...fileNames].sort());
    expect(parseCheckpoint("c", readFileSync(latest(path))).place).toMatchObject({ isEnd: true, rowCount: 10 });
  });

  test("without resume begins anew, and leaves no checkpoint of before", async () => {
    const root = temporaryFolder();
    const path = await interrupted(root);
    const again = await openRunFolder(root, options);
    expect(again.resumed).toBeUndefined();
    expect(readdirSync(path).sort()).toEqual(["definition.json", "environment.json", "owner.json", "rows.jsonl"]);
    again.complete({ kind: "stalled" });
    expect(readdirSync(path).sort()).toEqual(fileNames);
  });

  test("of which another process writes is not touched", async () => {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, { ...options, resume: same });
    write(folder, 4);
    const files = readdirSync(folder.path);
    expect(await refusal(() => openRunFolder(root, { ...options, resume: same }))).toMatchObject({ code: "RUN_OWNED" });
    expect(readdirSync(folder.path)).toEqual(files);
    folder.abandon();
  });

  test("keeps no state at a complete end that no longer run goes on from", async () => {
    const root = temporaryFolder();
    await interrupted(root);
    const again = await openRunFolder(root, { ...options, resume: same });
    again.complete({ kind: "diverged" });
    expect(readdirSync(again.path).sort()).toEqual(fileNames);
  });
});

const damages: readonly (readonly [what: string, damage: (path: string) => void, message: string])[] = [
  ["cut off", (path) => truncateSync(latest(path), 100), "within its header"],
  ["empty", (path) => truncateSync(latest(path), 0), "has 0 bytes"],
  [
    "changed in one bit",
    (path) => {
      const bytes = readFileSync(latest(path));
      bytes[bytes.length - 1]! ^= 1;
      writeFileSync(latest(path), bytes);
    },
    "is damaged",
  ],
  [
    "of another build",
    (path) => {
      const { checkpoint, place } = parseCheckpoint("c", readFileSync(latest(path)));
      writeFileSync(latest(path), checkpointBytes({ checkpoint, place: { ...place, numerics: "n0" } }));
    },
    "is of another build: numerics n0, expected n1",
  ],
  [
    "of another definition",
    (path) => {
      const { checkpoint, place } = parseCheckpoint("c", readFileSync(latest(path)));
      writeFileSync(latest(path), checkpointBytes({ checkpoint, place: { ...place, definitionHash: "d" } }));
    },
    "is of another definition: SHA-256 d, expected",
  ],
  ["behind rows that are gone", (path) => truncateSync(join(path, "rows.jsonl"), rowsText(4).length), "is behind 6 rows,"],
  [
    "behind rows that were changed",
    (path) => writeFileSync(join(path, "rows.jsonl"), rowsText(7).replace('"step":4', '"step":9')),
    "is behind rows of SHA-256",
  ],
];

describe("a checkpoint", () => {
  test.each(damages)("that is %s is refused, and the one before is taken", async (_, damage, message) => {
    const root = temporaryFolder();
    const path = await interrupted(root);
    damage(path);
    const again = await openRunFolder(root, { ...options, resume: same });
    expect(again.refused).toMatchObject([{ code: "DATA", message: expect.stringContaining(message) }]);
    expect(again.refused[0]!.message).toContain("checkpoint.safetensors: ");
    expect(again.resumed).toMatchObject({ checkpoint: stateAt(2), rows: [0, 1, 2].map(row) });
    write(again, 10);
    again.complete({ kind: "stalled" });
    expect(readFileSync(join(path, "rows.jsonl"), "utf8")).toBe(rowsText(10));
  });

  test("that is damaged like the one before makes the run begin anew", async () => {
    const root = temporaryFolder();
    const path = await interrupted(root);
    for (const file of [latest(path), before(path)]) truncateSync(file, 10);
    const again = await openRunFolder(root, { ...options, resume: same });
    expect(again.refused).toHaveLength(2);
    expect(again.resumed).toBeUndefined();
    expect(existsSync(latest(path))).toBe(false);
    again.abandon();
  });

  test("for which the disk is full leaves those before, and the run goes on", async () => {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, { ...options, resume: same });
    write(folder, 7);
    const files = readdirSync(folder.path);
    system.isFull = true;
    expect(await refusal(() => folder.checkpoint(stateAt(6)))).toMatchObject({
      code: "STORAGE",
      value: "ENOSPC",
      path: latest(folder.path),
    });
    system.isFull = false;
    expect(readdirSync(folder.path)).toEqual(files);
    folder.abandon();
    const again = await openRunFolder(root, { ...options, resume: same });
    expect(again.resumed).toMatchObject({ checkpoint: stateAt(5) });
    write(again, 8);
    again.abandon();
  });
});

test.each([
  ["an interrupted run goes on", false],
  ["a complete one is made again", true],
])("wherever a process is killed while %s, rows and checkpoints fit each other, and what was kept is gone on with", async (_, isAgain) => {
  const wanted = { ...options, fresh: isAgain, resume: same };
  const gone = { ...thisProcess(), pid: 2 ** 31 - 2, since: "then", token: "t", beat: 0 };
  const scenario = async (root: string, outcome: string): Promise<void> => {
    const folder = await openRunFolder(root, wanted);
    write(folder, 10);
    folder.checkpoint(stateAt(9), true);
    folder.complete({ kind: outcome });
  };
  const prepared = temporaryFolder(); // a checkpoint is there from the start, and a complete run, if one is to be made again
  if (isAgain) await scenario(prepared, "stalled");
  const interruptedOne = await openRunFolder(prepared, wanted);
  write(interruptedOne, 4);
  interruptedOne.abandon();
  const begun = (): string => {
    const root = temporaryFolder();
    cpSync(prepared, root, { recursive: true });
    return root;
  };
  const first = begun();
  system.calls = 0;
  await scenario(first, "finished");
  const { calls } = system;
  expect(calls).toBeGreaterThan(40);
  let goneOn = 0;
  for (let killed = 1; killed <= calls; killed++) {
    const root = begun();
    const path = join(root, "study", options.name);
    system.left = killed;
    await scenario(root, "finished").catch((error: unknown) => {
      if (!(error instanceof Killed) && !((error as Error).cause instanceof Killed)) throw error;
    });
    system.left = Number.POSITIVE_INFINITY;
    rmSync(join(path, "owner.json"), { force: true });
    OwnMark.create(join(path, "owner.json"), gone)?.close();
    const isDone = (readRunFolder(path)?.outcome as { kind?: string } | undefined)?.kind === "finished";
    if (isAgain) expect(readRunFolder(path)!.rows, `killed at ${killed}`).toHaveLength(10);
    if (isDone) tidyRunFolder(path);
    else {
      const again = await openRunFolder(root, wanted);
      const rows = again.resumed!.rows.length;
      expect(again.resumed, `killed at ${killed}`).toMatchObject({ checkpoint: stateAt(rows - 1), rows: [...Array(rows).keys()].map(row) });
      expect(again.refused).toEqual([]);
      goneOn = Math.max(goneOn, rows);
      write(again, 10);
      again.checkpoint(stateAt(9), true);
      again.complete({ kind: "finished" });
    }
    expect(readRunFolder(path)!.outcome).toEqual({ kind: "finished" });
    expect(readFileSync(join(path, "rows.jsonl"), "utf8")).toBe(rowsText(10));
    expect(readdirSync(path).sort()).toEqual(["checkpoint.safetensors", ...fileNames].sort());
  }
  expect(goneOn).toBe(10);
});

describe("a run that is the beginning of another", () => {
  const longer = { ...options, name: "arm-s0-1", definition: { stop: { steps: 20 } } };

  async function finished(root: string): Promise<string> {
    const folder = await openRunFolder(root, { ...options, resume: same });
    write(folder, 8);
    folder.checkpoint(stateAt(7), true);
    folder.appendRow(row(8)); // a last point that a longer run does not have
    folder.complete({ kind: "finished" });
    return folder.path;
  }

  test("is gone on with in a folder of its own, and stays as it is", async () => {
    const root = temporaryFolder();
    const path = await finished(root);
    const contents = readdirSync(path).map((name) => readFileSync(join(path, name)));
    const seen: unknown[] = [];
    const accepts = (recorded: unknown): boolean => seen.push(recorded) > 0;
    const folder = await openRunFolder(root, { ...longer, resume: { earlier: [path], accepts } });
    expect(seen).toEqual([{ definition, environment: options.environment }]);
    expect(folder.resumed).toEqual({ checkpoint: stateAt(7), rows: [...Array(8).keys()].map(row), folder: path });
    write(folder, 20);
    folder.complete({ kind: "stalled" });
    expect(readFileSync(join(folder.path, "rows.jsonl"), "utf8")).toBe(rowsText(20));
    expect(readdirSync(path).map((name) => readFileSync(join(path, name)))).toEqual(contents);
  });

  test("of several is the one that came farthest, and none that is not accepted or cannot be read", async () => {
    const root = temporaryFolder();
    const near = await interrupted(root, { name: "arm-s0-2" }, 4);
    const far = await finished(root);
    const bad = await interrupted(root, { name: "arm-s0-3" }, 10);
    for (const file of [latest(bad), before(bad)]) writeFileSync(file, "no");
    const folder = await openRunFolder(root, { ...longer, resume: { earlier: [near, far, bad, join(root, "none")], accepts: () => true } });
    expect(folder.resumed!.folder).toBe(far);
    expect(folder.refused).toHaveLength(2);
    folder.abandon();
    const other = await openRunFolder(root, { ...longer, resume: { earlier: [near, far], accepts: () => false } });
    expect(other.resumed).toBeUndefined();
    other.abandon();
  });
});
