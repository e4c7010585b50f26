import { expect, test } from "vitest";
import { changedMembers, rowsDifference } from "../../src/runs/difference.js";

test("definitions differ in members, those of one side alone among them", () => {
  expect(changedMembers({ a: { b: 1, c: [1, 2] }, d: 0 }, { a: { b: 2, c: [1, 3] }, e: "x" })).toEqual([
    { path: "a.b", values: [1, 2] },
    { path: "a.c.1", values: [2, 3] },
    { path: "d", values: [0, undefined] },
    { path: "e", values: [undefined, "x"] },
  ]);
});

test("rows are compared bit for bit at the steps of both, and the first differing step comes first", () => {
  const first = [
    { step: 0, late: 1, early: 0, nan: Number.NaN },
    { step: 1, late: 1, early: 0, nan: Number.NaN },
    { step: 3, late: 5, early: 7, nan: 1 },
    { step: 9, late: 0, early: 0, nan: 0 },
  ];
  const second = [
    { step: 0, late: 1, early: -0, nan: Number.NaN, more: 1 },
    { step: 2, late: 9, early: 9, nan: 9, more: 1 },
    { step: 3, late: 2, early: 3, nan: Infinity, more: 1 },
  ];
  expect(rowsDifference(first, second)).toEqual({
    common: 2,
    alone: [2, 1],
    probesAlone: [[], ["more"]],
    changed: [
      { probe: "early", step: 0, values: [0, -0], largest: { step: 3, difference: 4 } },
      { probe: "late", step: 3, values: [5, 2], largest: { step: 3, difference: 3 } },
      { probe: "nan", step: 3, values: [1, Infinity], largest: undefined },
    ],
  });
  expect(rowsDifference(first, first)).toEqual({ common: 4, alone: [0, 0], probesAlone: [[], []], changed: [] });
});
