import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@steepest/core";
import { describe, expect, test, vi } from "vitest";
import { parseCheckpoint } from "../src/checkpoint.js";
import { openRunFolder, readRunFolder, tidyRunFolder } from "../src/runFolder.js";
import { fileNames, interrupted, latest, options, row, rowsText, same, stateAt, write } from "./support/interrupted.js";
import { refusal } from "./support/refusal.js";
import { temporaryFolder } from "./support/temporaryFolder.js";

/** A disk that is full: half of what is written fits. */
const { system } = vi.hoisted(() => ({ system: { isFull: false } }));

vi.mock("node:fs", async (original) => {
  const files = await original<typeof import("node:fs")>();
  const writeFileSync = (path: string, data: Uint8Array, options: object): void => {
    files.writeFileSync(path, system.isFull ? data.subarray(0, data.length >> 1) : data, options);
    if (system.isFull) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  const changed = { ...files, writeFileSync };
  return { ...changed, default: changed };
});

describe("a complete run that is made again", () => {
  const fresh = { ...options, fresh: true, resume: same };

  async function complete(root: string): Promise<string> {
    const folder = await openRunFolder(root, { ...options, resume: same });
    write(folder, 8);
    folder.checkpoint(stateAt(7), true);
    folder.complete({ kind: "stalled" });
    return folder.path;
  }

  test("goes on at its own checkpoint where that was interrupted, and is what it was until then", async () => {
    const root = temporaryFolder();
    const path = await complete(root);
    const contents = readdirSync(path).map((name) => readFileSync(join(path, name)));
    const first = await openRunFolder(root, fresh);
    expect(first.resumed).toBeUndefined();
    write(first, 7);
    first.abandon();
    expect(contents).toEqual([latest(path), ...fileNames.map((name) => join(path, name))].map((file) => readFileSync(file)));
    expect(readRunFolder(path)!.outcome).toEqual({ kind: "stalled" });
    const second = await openRunFolder(root, fresh);
    expect(second.refused).toEqual([]);
    expect(second.resumed).toEqual({ checkpoint: stateAt(5), rows: [0, 1, 2, 3, 4, 5].map(row), folder: path });
    write(second, 10);
    second.checkpoint(stateAt(9), true);
    second.complete({ kind: "finished" });
    expect(readFileSync(join(path, "rows.jsonl"), "utf8")).toBe(rowsText(10));
    expect(parseCheckpoint("c", readFileSync(latest(path))).checkpoint).toEqual(stateAt(9));
    expect(readdirSync(path).sort()).toEqual(["checkpoint.safetensors", ...fileNames].sort());
  });

  test("is left as it is where the attempt is given up", async () => {
    const root = temporaryFolder();
    const path = await complete(root);
    const files = readdirSync(path).sort();
    const again = await openRunFolder(root, fresh);
    write(again, 2);
    again.abandon();
    expect(readdirSync(path).sort()).toEqual(files); // nothing to go on from
    const other = await openRunFolder(root, fresh);
    write(other, 7);
    other.abandon();
    tidyRunFolder(path); // the complete one is used
    expect(readdirSync(path).sort()).toEqual(files);
  });

  test("goes on at its own end, if that is asked for", async () => {
    const root = temporaryFolder();
    const path = await complete(root);
    const again = await openRunFolder(root, { ...fresh, resume: { ...same, fromItself: true } });
    expect(again.resumed).toMatchObject({ checkpoint: stateAt(7), folder: path });
    expect(readRunFolder(path)!.rows).toHaveLength(8);
    expect(again.weights("final", new Uint8Array(9))).toBe(join(path, "weights/final.safetensors"));
    again.complete({ kind: "stalled" });
    expect(readFileSync(join(path, "rows.jsonl"), "utf8")).toBe(rowsText(8));
    expect(readdirSync(path).sort()).toEqual(["checkpoint.safetensors", ...fileNames, "weights"].sort());
  });

  test("without an end to go on from keeps the one before", async () => {
    const root = temporaryFolder();
    const path = await complete(root);
    const again = await openRunFolder(root, fresh);
    write(again, 8);
    again.complete({ kind: "stalled" });
    expect(readdirSync(path).sort()).toEqual(["checkpoint.safetensors", ...fileNames].sort());
    expect(parseCheckpoint("c", readFileSync(latest(path))).checkpoint).toEqual(stateAt(7));
  });
});

describe("weights of a run", () => {
  test("for which the disk is full leave those before, and a name that leaves the folder is refused", async () => {
    const root = temporaryFolder();
    const folder = await openRunFolder(root, options);
    const file = folder.weights("best-margin.l2", Uint8Array.of(1, 2, 3, 4));
    system.isFull = true;
    expect(await refusal(() => folder.weights("best-margin.l2", Uint8Array.of(5, 6, 7, 8)))).toMatchObject({ code: "STORAGE", path: file });
    system.isFull = false;
    expect([...readFileSync(file)]).toEqual([1, 2, 3, 4]);
    expect(readdirSync(join(folder.path, "weights"))).toEqual(["best-margin.l2.safetensors"]);
    expect(await refusal(() => folder.weights("../final", Uint8Array.of(1)))).toMatchObject({ code: "DEFINITION" });
    folder.abandon();
  });

  test("are not taken for those of the checkpoint: a run that lacks what it needs begins anew, and says why", async () => {
    const root = temporaryFolder();
    await interrupted(root);
    const seen: unknown[] = [];
    const lack = DataError.at("weights", "are not there");
    const again = await openRunFolder(root, {
      ...options,
      resume: { ...same, lacks: ({ rows, folder }) => (seen.push([rows.length, folder]) > 0 ? lack : undefined) },
    });
    expect(again.resumed).toBeUndefined();
    expect(again.refused).toEqual([lack, lack]);
    expect(seen).toEqual([6, 3].map((rows) => [rows, again.path]));
    again.abandon();
  });
});
