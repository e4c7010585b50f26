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

describe("comments", () => {
  test("are passed over, and so are commas behind last entries; nothing of them is in the value", () => {
    const text =
      '// "a": 3 [[[\r\n{\n  "a": [1, 2, /* ] " */ ], // {\n  "b": { "c": "// no comment /* nor this */", },\n  /* "d": 4, */\n}\n// end';
    expect(plainJson("a", text)).toEqual({ a: [1, 2], b: { c: "// no comment /* nor this */" } });
    expect(plainJson("a", "[[],[1,],{},]")).toEqual([[], [1], {}]);
    expect(Object.keys(plainJson("a", '{"__proto__": 1, /* own */}') as object)).toEqual(["__proto__"]);
  });

  test("of brackets are no nesting, and leave the lines of faults as they are", () => {
    expect(plainJson("a", `/*${"[".repeat(5000)}*/ {}`)).toEqual({});
    expect(messagesOf(() => plainJson("a", '{\n// a\n"x": 1, /* b\n*/ "x": 1e999\n}'))).toEqual([
      "x: stands twice in a, in lines 3 and 4",
      "x: 1e999 in line 4 is beyond the largest double, 1.8e308",
    ]);
  });

  test("change no hash: a definition with them is the one without", async () => {
    const cwd = folderWith();
    const commented = JSON.stringify(tiny, null, 2).replace("{", "{ // mine").replace(/\n\}$/, ",\n  // the end\n}");
    writeFileSync(join(cwd, "tiny.jsonc"), commented);
    const [plain, other] = [await steepest(["show", "tiny.json"], { cwd }), await steepest(["show", "tiny.jsonc"], { cwd })];
    expect(other).toMatchObject({ code: 0, stdout: plain.stdout });
  });
});

test("a text nested 5000 deep is refused, with or without an end; brackets in a text are none", () => {
  const deep = ["open: is nested 5000 levels deep, at most 64 make sense"];
  expect(messagesOf(() => plainJson("open", '{"a":'.repeat(5000)))).toEqual(deep);
  expect(messagesOf(() => plainJson("open", `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`))).toEqual(deep);
  expect(messagesOf(() => plainJson("brackets in a text", JSON.stringify(["[".repeat(5000), '\\"[']).padEnd(9)))).toEqual([]);
});
