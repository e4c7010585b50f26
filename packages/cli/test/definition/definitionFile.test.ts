import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDefinitionFile } from "../../src/definition/definitionFile.js";
import { messagesOf } from "../support/messagesOf.js";
import { steepest } from "../support/steepest.js";
import { temporaryFolder, tiny } from "../support/study.js";

const text = JSON.stringify(tiny, null, 2);

function written(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), "mine.json");
  writeFileSync(path, content);
  return path;
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

  test("nested 5000 deep is refused", () => {
    const path = written(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(messagesOf(() => readDefinitionFile(path))).toEqual([`${path}: is nested 5000 levels deep, at most 64 make sense`]);
  });
});
