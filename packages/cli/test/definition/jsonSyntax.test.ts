import type { DefinitionError } from "@steepest/core";
import { expect, test } from "vitest";
import { plainJson } from "../../src/definition/plainJson.js";

function refusal(text: string): Pick<DefinitionError, "message" | "hint"> {
  try {
    plainJson("my.json", text);
  } catch (error) {
    const { message, hint } = error as DefinitionError;
    return { message, hint };
  }
  throw new Error("expected a DefinitionError");
}

/** Lines and columns are counted by hand, from 1, as editors do. */
test.each([
  ["", "line 1, column 1: the file is empty", undefined],
  [" \n", "line 1, column 1: the file is empty", undefined],
  [
    '{\n  "id": "x",\n',
    "line 3, column 1: nothing stands behind the comma before the end of the file",
    "remove the comma behind the last entry",
  ],
  ['{\n  "seeds": [,]\n}', 'line 2, column 13: a value is missing before ","', undefined],
  ['{\n  "seeds": [0,,]\n}', 'line 2, column 15: a value is missing before ","', undefined],
  ["{,}", 'line 1, column 2: a value is missing before ","', undefined],
  ['{\r\n  "id": "x"\r\n  "seeds": [0]\r\n}', 'line 3, column 3: a comma is missing before "seeds"', undefined],
  ['{"id" "x"}', 'line 1, column 7: a colon is missing before "x"', undefined],
  ["{'id': 'x'}", "line 1, column 2: 'id' is in the wrong quotes", "keys and texts stand in double quotes"],
  ['{"a": “x”}', "line 1, column 7: “x” is in the wrong quotes", "keys and texts stand in double quotes"],
  ['{"a": True}', 'line 1, column 7: "True" is no value of JSON', "JSON has true"],
  ['{"a": None}', 'line 1, column 7: "None" is no value of JSON', "JSON has null"],
  ['{"a": -Infinity}', 'line 1, column 7: "-Infinity" is no value of JSON', "JSON has no infinity: leave the field out"],
  ['{"a": .5}', 'line 1, column 7: ".5" is no number of JSON', "numbers are written as 0.5, -2 or 1e-3"],
  [
    '{\n// mine\n"a": 1 /* b }',
    "line 3, column 8: a comment has no end",
    "a comment goes from // to the end of its line, or from /* to */",
  ],
  ['{"a": 1} /* b', "line 1, column 10: a comment has no end", "a comment goes from // to the end of its line, or from /* to */"],
  ['{"a": 1 # b\n}', 'line 1, column 9: "#" is no value of JSON', undefined],
  ["// only a comment", "line 1, column 18: a value is missing before the end of the file", undefined],
  ['{"a": 1', "line 1, column 8: a } is missing before the end of the file", undefined],
  ['{"a": [1', "line 1, column 9: a ] is missing before the end of the file", undefined],
  ['{"a": 1} {}', 'line 1, column 10: "{" stands behind the end of the definition', undefined],
  ["id: x\nseeds: [0]\n", 'line 1, column 1: "id" is no value of JSON', "keys and texts stand in double quotes"],
  ['{"a": "x\ty"}', "line 1, column 7: a text holds a control character", "a tab is written as \\t, a line break as \\n"],
  ['{"a": "C:\\data"}', "line 1, column 7: a text holds a backslash that escapes nothing", "write it twice: \\\\"],
])("%j is refused at its place", (text, what, hint) => {
  expect(refusal(text)).toEqual({ message: `my.json: not valid JSON in ${what}`, hint });
});
