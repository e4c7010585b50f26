import { describe, expect, test } from "vitest";
import { type Claim, type RunRecord, type Verdict, verdicts } from "../../src/index.js";
import { record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

// What is expected here is plain arithmetic on arrays from which NaN was filtered by hand, for every short curve over these values.
const entries = [Number.NaN, -62.33, -0, 0, 5e-324, 2, 1e308, Infinity, -Infinity];
const curves = [1, 2, 3].flatMap((length) => sequences(length));
const [probe, other] = ["margin.l2", "margin.linf"];

function sequences(length: number): number[][] {
  return length === 0 ? [[]] : sequences(length - 1).flatMap((before) => entries.map((entry) => [...before, entry]));
}

const runOf = (arm: string, seed: number, values: readonly number[], more = {}): RunRecord =>
  record(arm, seed, [...values.keys()], { [probe]: values, [other]: [...values.keys()], logRisk: values.map(() => -9) }, more);
const judge = (claim: Claim, records: readonly RunRecord[]): Verdict => {
  const seeds = [...new Set(records.map(({ seed }) => seed))];
  return verdicts({ ...tiny, seeds, claims: [claim] }, records)[0]!;
};
const present = (values: readonly number[]): number[] => values.filter((value) => !Number.isNaN(value));
const largest = (values: readonly number[]): number => present(values).reduce((top, value) => Math.max(top, value), -Infinity);
const describeCurve = (values: readonly number[]): string => `[${values.map((value) => (Object.is(value, -0) ? "-0" : value)).join(", ")}]`;

/** True if the value that a claim reads is `expected`: both inequalities hold, or for NaN neither. */
function reads(records: readonly RunRecord[], at: "peak" | "end" | number | { peakOf: string }, what: string, expected: number): boolean {
  const left = { arm: "gradient", probe: what, at };
  const [low, high] = ([">=", "<="] as const).map(
    (relation) => judge({ left, relation, right: Number.isNaN(expected) ? 0 : expected }, records).holds,
  );
  return Number.isNaN(expected) ? !low && !high : low! && high!;
}

describe("every curve of up to three rows", () => {
  const each = (holds: (values: number[]) => boolean): string[] => curves.filter((values) => !holds(values)).map(describeCurve);

  test("has as its peak the largest value, and none only if no row has one", () => {
    const peak = (values: readonly number[]) => (present(values).length === 0 ? Number.NaN : largest(values));
    expect(each((values) => reads([runOf("gradient", 0, values)], "peak", probe, peak(values)))).toEqual([]);
  });

  test("is read by peakOf in the first of the rows with that value", () => {
    const place = (values: readonly number[]) => (present(values).length === 0 ? Number.NaN : values.indexOf(largest(values)));
    expect(each((values) => reads([runOf("gradient", 0, values)], { peakOf: probe }, other, place(values)))).toEqual([]);
  });

  test("has at its end, and at a step, what stands there", () => {
    expect(each((values) => reads([runOf("gradient", 0, values)], "end", probe, values.at(-1)!))).toEqual([]);
    expect(each((values) => reads([runOf("gradient", 0, values)], 0, probe, values[0]!))).toEqual([]);
  });

  test("never falls if every value is at least the one before, and none is missing", () => {
    const claim: Claim = { arm: "gradient", probe, after: "separation", relation: "nondecreasing", relativeSlack: 0 };
    const rises = (values: readonly number[]) =>
      values.length >= 2 && values.every((value, i) => !Number.isNaN(value) && (i === 0 || value >= values[i - 1]!));
    expect(each((values) => judge(claim, [runOf("gradient", 0, values, { separationStep: 0 })]).holds === rises(values))).toEqual([]);
  });

  test("is best where it ends above another, and neither end is missing", () => {
    const claim: Claim = { best: "gradient", of: probe, at: "end" };
    const wrong = entries.flatMap((end) =>
      each((values) => {
        const isAhead = values.at(-1)! > end; // false for NaN on either side
        return judge(claim, [runOf("gradient", 0, values), runOf("sign", 0, [end])]).holds === isAhead;
      }),
    );
    expect(wrong).toEqual([]);
  });
});

describe("a curve that never falls", () => {
  const claim = (relativeSlack: number): Claim => ({
    arm: "gradient",
    probe,
    after: "separation",
    relation: "nondecreasing",
    relativeSlack,
  });
  const judged = (values: readonly number[], slack = 1e300) => judge(claim(slack), [runOf("gradient", 0, values, { separationStep: 0 })]);

  test.each([
    [[0, 0], "never fell", true],
    [[-0, 0, -0], "never fell", true],
    [[0, 0, 1], "never fell", true],
    [[0, -1], "fell from 0 to -1", false], // no finite part of 0
    [[1, 0], "fell by 1", true],
    [[-1, -3], "fell by 2", true],
    [[1e308, -1e308], "fell by 2", true], // the difference is no double
    [[Infinity, Infinity], "never fell", true],
    [[Infinity, 1], "fell from Infinity to 1", false],
    [[1, -Infinity], "fell from 1 to -Infinity", false],
    [[Number.NaN, 1, 2], "no value at step 0", false],
    [[1, Number.NaN, 2], "no value at step 1", false],
    [[1, 2, Number.NaN], "no value at step 2", false],
    [[Number.NaN, Number.NaN], "no value at step 0", false],
    [[3], "not reached", false],
  ])("%j: %s", (values, measured, holds) => expect(judged(values)).toMatchObject({ measured, holds }));

  test("looks at no row before its condition, NaN included", () =>
    expect(judge(claim(0), [runOf("gradient", 0, [Number.NaN, 1, 2], { separationStep: 1 })]).holds).toBe(true));

  test("takes slack as a part of the value", () => {
    expect(judged([1, 0], 1).holds).toBe(true);
    expect(judged([1, 0], 0.999).holds).toBe(false);
  });
});

describe("a peak among NaN", () => {
  test.each([[[Number.NaN, 1, 0]], [[1, Number.NaN, 0]], [[0, 1, Number.NaN]], [[Number.NaN, 0, Number.NaN, 1, Number.NaN, 0]]])(
    "of %j is 1",
    (values) => {
      const quantity = { arm: "gradient", probe, at: "peak" } as const;
      expect(judge({ left: quantity, relation: ">", right: -1 }, [runOf("gradient", 0, values)]).measured).toBe("1");
    },
  );
});

describe("a published value", () => {
  const judged = (published: number, within: { relative: number } | { factor: number }, ...values: number[]): Verdict =>
    judge(
      { quantity: { arm: "gradient", probe, at: "end" }, published, within },
      values.map((value, seed) => runOf("gradient", seed, [value])),
    );
  const factor = { factor: 2 };

  test.each([
    [-62, factor, -62.33, true],
    [-62, factor, -124, true],
    [-62, factor, -124.1, false],
    [-62, factor, -31, true],
    [-62, factor, -30.9, false],
    [-62, factor, 62, false],
    [62, factor, -62, false],
    [62, factor, 31, true],
    [62, factor, 124, true],
    [62, factor, 124.1, false],
    [0, factor, 0, true],
    [0, factor, -0, true],
    [-0, factor, 0, true],
    [0, factor, 5e-324, false],
    [62, factor, 0, false],
    [-62, factor, 0, false],
    [1e308, factor, Infinity, false],
    [-62, { relative: 0.1 }, -62.33, true],
    [-62, { relative: 0.1 }, -55.7, false],
    [-62, { relative: 0.1 }, 62, false],
    [0, { relative: 0.1 }, 0, true],
    [-62, factor, Number.NaN, false],
  ] as const)("%d within %j of %d: %s", (published, within, value, holds) => expect(judged(published, within, value).holds).toBe(holds));

  test("is compared with the mean of all seeds; where one has no value there is none", () => {
    expect(judged(-62, factor, -31, -93)).toMatchObject({ measured: "-62, the mean", holds: true });
    for (const values of [
      [Number.NaN, -62, -60],
      [-62, Number.NaN, -60],
      [-62, -60, Number.NaN],
    ])
      expect(judged(-62, factor, ...values)).toMatchObject({ measured: "-62 .. -60 (not reached by 1 of 3)", holds: false });
  });
});

test("a range leaves out seeds without a value and counts them", () => {
  const left = { arm: "gradient", probe, at: "end" } as const;
  for (const values of [
    [Number.NaN, 3, 1, 2],
    [3, Number.NaN, 2, 1],
    [3, 2, 1, Number.NaN],
  ]) {
    const records = values.map((value, seed) => runOf("gradient", seed, [value]));
    expect(judge({ left, relation: ">", right: 0 }, records)).toMatchObject({ measured: "1 .. 3 (not reached by 1 of 4)", holds: false });
  }
});

test("nothing is best where there is nothing to compare with", () => {
  const { arms, ...rest } = tiny;
  const claims: Claim[] = [{ best: "gradient", of: probe, at: "end" }];
  expect(verdicts({ ...rest, arms: { gradient: arms.gradient! }, seeds: [0], claims }, [runOf("gradient", 0, [1])])).toMatchObject([
    { measured: "1, nothing to compare with", holds: false },
  ]);
});
