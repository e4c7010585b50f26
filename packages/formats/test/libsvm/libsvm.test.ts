import { expect, test } from "vitest";
import { libsvm } from "../../src/libsvm/libsvm.js";
import type { ReadOptions } from "../../src/table/format.js";
import { refused, utf8 } from "../support/refused.js";

const read = (text: string, options: ReadOptions = { indexBase: 1 }) => libsvm.read({ name: "a.svm", bytes: utf8(text) }, options);

test("entries that are missing are 0, comments and empty lines are skipped", async () => {
  const table = await read("# made today\n+1 1:0.5 3:-2 # the first\n\n-1 2:1e-3\n1\n");
  expect([...(await table.numbers(table.inputs))]).toEqual([0.5, 0, -2, 0, 1e-3, 0, 0, 0, 0]);
  expect([...(await table.values(table.label!))]).toEqual([1, -1, 1]);
  expect([table.placeOf(0), table.placeOf(2)]).toEqual(["line 2", "line 5"]);
  expect([...(await table.numbers([3, 1]))]).toEqual([1, 0, -1, 1e-3, 1, 0]);
});

test("a file is known by its first entry, before which samples may be all zero", () => {
  const isKnown = (text: string): boolean => libsvm.recognises({ name: "a", bytes: utf8(text) });
  for (const text of ["1 2:5\n", "# made\n-1\n+1 \n1 7:.5\n", "1\r\n2 qid:1 3:1\r\n", "1 2:nan\n", "\ufeff1 2:5\n"])
    expect(isKnown(text), text).toBe(true);
  for (const text of ["1\n2\n", "a\n1 2:5\n", "1,2\n3,4\n", "10:30 1:5\n", "1 a:5\n"]) expect(isKnown(text), text).toBe(false);
});

test("the number of the first feature and the number of features are said, never guessed", async () => {
  expect((await read("1 0:5\n-1 1:6\n", { indexBase: 0, dimension: 4 })).inputs).toHaveLength(4);
  expect((await refused(() => read("1 1:5\n", {}))).hint).toMatch(/^"indexBase": 1 for files of LIBSVM/);
});

test.each<[string, ReadOptions, string]>([
  ["1 0:5\n", { indexBase: 1 }, "line 1: the feature 0, and features count from 1"],
  ["1 5:5\n", { indexBase: 1, dimension: 4 }, "holds the feature 5, and there are 4 from 1 on"],
  ["1 2:5 2:6\n", { indexBase: 1 }, "line 1: the feature 2 stands behind 2"],
  ["1 2:5 1:6\n", { indexBase: 1 }, "line 1: the feature 1 stands behind 2"],
  ["1 2:nan\n", { indexBase: 1 }, 'line 1: the value of feature 2, "nan", is not a finite number'],
  [
    "1 2:9007199254740993\n",
    { indexBase: 1 },
    'line 1: the value of feature 2, "9007199254740993", is a whole number beyond 2^53 that no double holds',
  ],
  ["1 2:inf\n", { indexBase: 1 }, 'line 1: the value of feature 2, "inf", is not a finite number'],
  ["1 2:1e999\n", { indexBase: 1 }, 'line 1: the value of feature 2, "1e999", is beyond the largest double, 1.8e308'],
  ["1,2 2:5\n", { indexBase: 1 }, 'line 1: the label, "1,2", is not a finite number'],
  ["1 2:5\n1 oops\n", { indexBase: 1 }, 'line 2: "oops" is no entry'],
  ["1 qid:3 2:5\n", { indexBase: 1 }, 'line 1: "qid:3" is of data for ranking'],
  ["1 -2:5\n", { indexBase: 1 }, 'line 1: "-2" is no number of a feature'],
  ["# nothing\n", { indexBase: 1 }, "holds no sample"],
  ["1 2147483647:1\n", { indexBase: 1 }, "1 x 2147483647 numbers, most of them 0, take 17179869176 bytes, at most 1073741824 are read"],
])("%j with %j is refused", async (text, options, message) => {
  expect((await refused(() => read(text, options))).message).toBe(`a.svm: ${message}`);
});
