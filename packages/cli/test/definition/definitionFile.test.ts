import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DefinitionError } from "@steepest/core";
import { describe, expect, test } from "vitest";
import { readDefinitionFile } from "../../src/definition/definitionFile.js";
import { plainJson } from "../../src/definition/plainJson.js";
import { loadDefinition } from "../../src/definition/settings.js";
import { steepest } from "../support/steepest.js";
import { folderWith, temporaryFolder, tiny } from "../support/study.js";

const text = JSON.stringify(tiny, null, 2);

function written(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), "mine.json");
  writeFileSync(path, content);
  return path;
}

function messagesOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    return (error as DefinitionError).issues.map(({ message }) => message);
  }
  return [];
}

function utf32(text: string, isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(4 * text.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < text.length; i++) view.setUint32(4 * i, text.charCodeAt(i), isLittle);
  return bytes;
}

describe("a definition file", () => {
  test("is JSON in UTF-8, with or without a byte order mark", () => {
    expect(readDefinitionFile(written(text))).toEqual(tiny);
    expect(readDefinitionFile(written(`\ufeff${text}`))).toEqual(tiny);
  });

  test.each([
    ["UTF-16, little end first", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16, big end first", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["UTF-16 without a mark, big end first", Buffer.from(text, "utf16le").swap16()],
    ["UTF-32, little end first", utf32(`\ufeff${text}`, true)],
    ["UTF-32, big end first", utf32(`\ufeff${text}`, false)],
    ["UTF-32 without a mark", utf32(text, true)],
    ["UTF-32 without a mark, big end first", utf32(text, false)],
  ])("in %s is named as what it is", (name, bytes) => {
    const path = written(bytes);
    expect(messagesOf(() => readDefinitionFile(path))).toEqual([`${path}: is in ${name.slice(0, 6)}, a definition file is in UTF-8`]);
  });

  test("in Latin-1 is refused, not read with holes", () => {
    const path = written(Buffer.from(text.replace("a test", "Übung"), "latin1"));
    expect(messagesOf(() => readDefinitionFile(path))).toEqual([`${path}: is not UTF-8`]);
  });

  test("of more than 100 MB is refused before it is read", () => {
    const path = written(text);
    truncateSync(path, 200_000_000);
    expect(messagesOf(() => readDefinitionFile(path))).toEqual([`${path}: has 200000000 bytes, a definition has at most 100000000`]);
  });

  test("that is a folder, a pipe or a device is refused at once: the program waits for nothing", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a-folder"));
    execFileSync("mkfifo", [join(folder, "a-pipe")]);
    const cases = { "a-folder": "is a folder", "a-pipe": "is no regular file", "/dev/zero": "is no regular file" };
    for (const [target, what] of Object.entries(cases)) {
      const { code, stderr } = await steepest(["run", target], { cwd: folder });
      expect({ code, stderr: stderr.split("\n")[0] }).toEqual({ code: 2, stderr: `error ${target}: ${what}, expected a definition file` });
    }
    expect(existsSync(join(folder, "runs"))).toBe(false);
  });

  test("that says it has no bytes and holds some is read", () => {
    expect(messagesOf(() => readDefinitionFile("/proc/version"))).toEqual([expect.stringMatching(/^\/proc\/version: not valid JSON/)]);
  });

  test("nested 5000 deep is refused, with or without an end", () => {
    const path = written(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(messagesOf(() => readDefinitionFile(path))).toEqual([`${path}: is nested 5000 levels deep, at most 64 make sense`]);
    expect(messagesOf(() => plainJson("open", '{"a":'.repeat(5000)))).toEqual(["open: is nested 5000 levels deep, at most 64 make sense"]);
    expect(messagesOf(() => plainJson("brackets in a text", JSON.stringify(["[".repeat(5000), '\\"[']).padEnd(9)))).toEqual([]);
  });
});

describe("a key that stands twice", () => {
  const arm = JSON.stringify(tiny.arms.sign);

  test("is refused by its name, its path and its lines", () => {
    const twice = `{\n"arms": {\n"sign": ${arm},\n"other": ${arm},\n"sign": ${arm}\n},\n"id": "a", "id": "b" }`;
    expect(messagesOf(() => plainJson("mine.json", twice))).toEqual([
      "arms.sign: stands twice in mine.json, in lines 3 and 5",
      "id: stands twice in mine.json, in line 7",
    ]);
  });

  test("is found wherever it stands, and however it is written", () => {
    expect(messagesOf(() => plainJson("a", '[{"x": 1}, {"x": [{"y": 1, "\\u0079": 2}]}]'))).toEqual([
      "[1].x[0].y: stands twice in a, in line 1",
    ]);
    expect(messagesOf(() => plainJson("a", '{"__proto__": 1, "__proto__": 2}'))).toHaveLength(1);
  });

  test("in different objects, or as a text, is none", () => {
    expect(plainJson("a", '{"x": {"x": ["x", "x", {"x": 1}]}, "y": "x"}')).toEqual({ x: { x: ["x", "x", { x: 1 }] }, y: "x" });
  });

  test("is refused by the command line, before anything is written", async () => {
    const cwd = folderWith();
    writeFileSync(join(cwd, "twice.json"), text.replace('"gradient": {', '"sign": {'));
    const { code, stderr } = await steepest(["run", "twice.json"], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error arms\.sign: stands twice in twice\.json, in lines \d+ and \d+\nhint: rename one of them/),
    });
    expect(existsSync(join(cwd, "runs"))).toBe(false);
  });

  test("in a value of --set is refused too; a text that only looks like JSON is a text", () => {
    const path = written(text);
    const load = (...set: string[]) => loadDefinition(path, { set, seeds: [] });
    expect(messagesOf(() => load('arms.sign.step={"rule":"constant","size":1,"size":2}'))).toEqual([
      "arms.sign.step.size: stands twice in --set arms.sign.step, in line 1",
    ]);
    expect(load("arms.sign.label=[beta] {run").arms.sign?.label).toBe("[beta] {run");
  });
});
