import { expect, test } from "vitest";
import { plainJson } from "../../src/definition/plainJson.js";
import { Commented, commentedJson } from "../../src/init/commentedJson.js";

const object = new Commented([
  { key: "path", value: 'a "b" // c.csv', comments: ["Relative to this file."] },
  {
    key: "inner",
    value: new Commented([
      { key: "none", value: [] },
      { key: "deep", value: { a: { b: [1, -0.5, null] } }, comments: ["One.", "Two."] },
    ]),
  },
  { key: "long", value: Array.from({ length: 60 }, (_, i) => `column ${i}`), comments: ["word ".repeat(60).trim()] },
  { key: "wide", value: { first: "x".repeat(70), second: { third: "y".repeat(70) } } },
]);

test("an object with comments is read as the object without them", () => {
  expect(plainJson("a.jsonc", commentedJson(object, ["Above."]))).toEqual(object.plain);
});

test("comments stand above what they are about, and lines have at most 120 characters", () => {
  const lines = commentedJson(object, ["Above."]).split("\n");
  expect(lines.slice(0, 9)).toEqual([
    "// Above.",
    "{",
    "  // Relative to this file.",
    '  "path": "a \\"b\\" // c.csv",',
    '  "inner": {',
    '    "none": [],',
    "    // One.",
    "    // Two.",
    '    "deep": { "a": { "b": [1, -0.5, null] } }',
  ]);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});

test("a comment cannot end itself: line breaks and control characters of names in it are written as escapes", () => {
  const text = commentedJson(new Commented([{ key: "a", value: 1, comments: ['a\n"b": 2, \u2028\u001b[31m'] }]));
  expect(plainJson("a.jsonc", text)).toEqual({ a: 1 });
  expect(text).toContain('// a\\u000a"b": 2, \\u2028\\u001b[31m');
});
