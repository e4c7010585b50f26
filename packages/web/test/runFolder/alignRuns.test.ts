import { describe, expect, test } from "vitest";
import { alignRuns, firstDifference } from "../../src/runFolder/alignRuns.js";
import { readRun } from "../../src/runFolder/readRun.js";
import { temporaryFolder, withFiles, writeRun } from "./writtenRun.js";

const of = (...rows: readonly Readonly<Record<string, number>>[]) => ({ rows: rows as never });

describe("runs aligned by step", () => {
  test("have a gap where one recorded nothing, and NaN where it recorded NaN", () => {
    const a = of({ step: 0, x: Number.NaN }, { step: 1, x: 2 }, { step: 10, x: -0 });
    const b = of({ step: 1, x: 5 }, { step: 3, x: 6 }, { step: 10 });
    expect(alignRuns([a, b], "x")).toEqual({
      steps: [0, 1, 3, 10],
      values: [
        [Number.NaN, 2, null, -0],
        [null, 5, 6, null],
      ],
    });
  });

  test("of none there are no steps", () => {
    expect(alignRuns([], "x")).toEqual({ steps: [], values: [] });
    expect(alignRuns([of()], "x")).toEqual({ steps: [], values: [[]] });
  });

  test("steps are in order of number, not of text", () => {
    expect(alignRuns([of({ step: 10, x: 1 }), of({ step: 9, x: 1 }, { step: 100, x: 1 })], "x").steps).toEqual([9, 10, 100]);
  });
});

describe("the first difference of two runs", () => {
  const rows = [
    { step: 0, x: 1, y: Number.NaN },
    { step: 1, x: 2, y: -0 },
    { step: 4, x: 3, y: 5 },
  ];

  test("is none where they are the same bits", () => {
    expect(firstDifference(of(...rows), of(...rows.map((row) => ({ ...row }))))).toBeUndefined();
    expect(firstDifference(of(), of())).toBeUndefined();
  });

  test("is the first probe that differs in a bit: a sign of 0 too", () => {
    const other = rows.map((row) => (row.step === 1 ? { ...row, y: 0 } : { ...row, x: 7 + row.x * Number(row.step > 1) }));
    expect(firstDifference(of(...rows), of(rows[0]!, ...other.slice(1)))).toEqual({ step: 1, probe: "y", values: [-0, 0] });
  });

  test("is a probe that only one of them has", () => {
    expect(firstDifference(of({ step: 2 }), of({ step: 2, z: 1 }))).toEqual({ step: 2, probe: "z", values: [undefined, 1] });
    expect(firstDifference(of({ step: 2, z: 1 }), of({ step: 2 }))).toEqual({ step: 2, probe: "z", values: [1, undefined] });
  });

  test("is a step that only one of them recorded", () => {
    expect(firstDifference(of(...rows), of(...rows.slice(0, 2)))).toEqual({ step: 4, probe: undefined, values: [4, undefined] });
    expect(firstDifference(of(rows[0]!, rows[2]!), of(...rows))).toEqual({ step: 1, probe: undefined, values: [4, 1] });
  });

  test("of two written runs is where their optimisers part, and none for the same run twice", async () => {
    const root = temporaryFolder();
    const [sign, gradient] = [await writeRun(root), await writeRun(root, { arm: "gradient" })];
    const [a, b, again] = await Promise.all([sign, gradient, sign].map((run) => readRun(withFiles(run))));
    expect(firstDifference(a!, again!)).toBeUndefined();
    const found = firstDifference(a!, b!)!;
    expect([found.step, found.probe]).toEqual([1, "logRisk"]); // both start at θ = 0
    expect(found.values).toEqual([a!.rows[1]!.logRisk, b!.rows[1]!.logRisk]);
  });
});
