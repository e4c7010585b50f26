import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { plainJson } from "../../src/definition/plainJson.js";
import { messagesOf } from "../support/messagesOf.js";
import { steepest } from "../support/steepest.js";
import { folderWith, tiny } from "../support/study.js";

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
    writeFileSync(join(cwd, "twice.json"), JSON.stringify(tiny, null, 2).replace('"gradient": {', '"sign": {'));
    const { code, stderr } = await steepest(["run", "twice.json"], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error arms\.sign: stands twice in twice\.json, in lines \d+ and \d+\nhint: rename one of them/),
    });
    expect(existsSync(join(cwd, "runs"))).toBe(false);
  });
});

test("a text nested 5000 deep is refused, with or without an end; brackets in a text are none", () => {
  const deep = ["open: is nested 5000 levels deep, at most 64 make sense"];
  expect(messagesOf(() => plainJson("open", '{"a":'.repeat(5000)))).toEqual(deep);
  expect(messagesOf(() => plainJson("open", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`))).toEqual(deep);
  expect(messagesOf(() => plainJson("brackets in a text", JSON.stringify(["[".repeat(5000), '\\"[']).padEnd(9)))).toEqual([]);
});
