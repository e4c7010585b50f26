import { describe, expect, test } from "vitest";
import type { Moment } from "../../src/definition/claim.js";
import { type Claim, numberText, publishedFindings, type RunRecord, type Verdict, verdicts } from "../../src/index.js";
import { divergedAt, frozenAt, record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

const margin = "margin.l2";
const seedsOf = (records: readonly RunRecord[]): number[] => [...new Set(records.map(({ seed }) => seed))];
const judge = (claim: Claim, records: readonly RunRecord[]): Verdict =>
  verdicts({ ...tiny, seeds: seedsOf(records), claims: [claim] }, records)[0]!;

const steps = [0, 10, 100];
const gradient = record("gradient", 0, steps, { [margin]: [0.5, 3, 2], "margin.linf": [9, 8, 7], logRisk: [1, -6, -8] });
const sign = record("sign", 0, [0, 10], { [margin]: [0.5, 1], "margin.linf": [1, 30], logRisk: [1, -17] }, { outcome: frozenAt(10) });
const twoSeeds = [
  record("gradient", 0, steps, { [margin]: [0, 2, 4] }),
  record("gradient", 1, steps, { [margin]: [0, 3, 8] }),
  record("sign", 0, steps, { [margin]: [0, 1, 1] }),
  record("sign", 1, steps, { [margin]: [0, 5, 5] }),
];
const at = (arm: string, moment: Moment, probe = margin) => ({ arm, probe, at: moment });

describe("a comparison", () => {
  test("compares two arms at a step and says what was measured", () => {
    expect(judge({ left: at("gradient", 100), relation: ">", right: at("sign", 100) }, [gradient, sign])).toEqual({
      claim: "gradient: margin.l2 at step 100",
      expected: "> sign",
      measured: "2 against 1, carried from step 10",
      holds: true,
    });
  });

  test.each([
    [">", 2, false],
    [">=", 2, true],
    ["<", 2, false],
    ["<=", 2, true],
    [">", 1.9, true],
    ["<", 2.1, true],
  ] as const)("%s %d against the number 2 is %s", (relation, right, holds) => {
    const verdict = judge({ left: at("gradient", "end"), relation, right }, [gradient, sign]);
    expect(verdict).toEqual({ claim: "gradient: margin.l2 at the end", expected: `${relation} ${right}`, measured: "2", holds });
  });

  test("with a number for each seed compares each with its own, and does not hold where a seed has none", () => {
    const claim = (bySeed: Record<string, number>): Claim => ({
      left: at("gradient", "end"),
      relation: ">=",
      right: { bySeed },
      factor: 0.5,
    });
    expect(judge(claim({ 0: 8, 1: 16 }), twoSeeds)).toEqual({
      claim: "gradient: margin.l2 at the end",
      expected: ">= 0.5 x the known value",
      measured: "4 .. 8 against 4 .. 8 (a tie)",
      holds: true,
    });
    expect(judge(claim({ 0: 16, 1: 8 }), twoSeeds).holds).toBe(false);
    expect(judge(claim({ 0: 8 }), twoSeeds).holds).toBe(false);
  });

  test("says of every value that is of an earlier row which row that is", () => {
    const of = (seed: number, end: number) => record("sign", seed, [0, end], { [margin]: [0.5, 1 + seed] }, { outcome: frozenAt(end) });
    const whole = [0, 1, 2].map((seed) => record("gradient", seed, steps, { [margin]: [0, 2, 4] }));
    const runs = [...whole, of(0, 81), of(1, 65), record("sign", 2, steps, { [margin]: [0, 1, 5] })];
    const measured = (claim: Claim, records = runs): string => judge(claim, records).measured;
    expect(measured({ left: at("gradient", 100), relation: ">", right: at("sign", 100) })).toBe(
      "4 against 1 .. 5, carried from step 65 .. 81",
    );
    expect(measured({ left: at("sign", 100), relation: "<", right: 9 })).toBe("1 .. 5, carried from step 65 .. 81");
    expect(measured({ left: at("sign", "end"), relation: "<", right: 9 })).toBe("1 .. 5");
    expect(measured({ left: at("gradient", 50), relation: "<", right: 9 })).toBe("2, carried from step 10"); // step 50 was not recorded
    expect(measured({ quantity: at("sign", 100), published: 2, within: { factor: 2 } })).toBe(
      "2.667, the mean, carried from step 65 .. 81",
    );
    expect(measured({ best: "sign", of: margin, at: 100 })).toBe("1 .. 5, carried from step 65 .. 81, next best 4");
    expect(measured({ best: "gradient", of: margin, at: 100 })).toBe("4, next best 1 .. 5, carried from step 65 .. 81");
    const empty = record("sign", 0, [0, 81], { [margin]: [0.5, Number.NaN] }, { outcome: frozenAt(81) });
    expect(measured({ left: at("sign", 100), relation: "<", right: 9 }, [empty])).toBe("not reached");
  });

  test("multiplies the right side by its factor", () => {
    const claim: Claim = { left: at("gradient", 100), relation: "<=", right: at("gradient", "peak"), factor: 0.7 };
    expect(judge(claim, [gradient])).toMatchObject({
      expected: "<= 0.7 x its peak",
      measured: "2 against 2.1",
      holds: true,
    });
    expect(judge({ ...claim, factor: 0.6 }, [gradient])).toMatchObject({ measured: "2 against 1.8", holds: false });
  });

  test("reads one probe where another peaks", () => {
    const claim: Claim = { left: at("gradient", 100), relation: ">", right: at("gradient", { peakOf: "margin.linf" }) };
    expect(judge(claim, [gradient])).toMatchObject({
      expected: "> its value where margin.linf peaks",
      measured: "2 against 0.5",
      holds: true,
    });
  });

  test("says once at which log risk both sides are read", () => {
    const early = { logRiskBelow: -5 };
    const claim: Claim = { left: at("gradient", early), relation: ">", right: at("sign", { ...early }) };
    expect(judge(claim, [gradient, sign])).toMatchObject({
      claim: "gradient: margin.l2 below a log risk of -5",
      expected: "> sign",
      measured: "3 against 1",
    });
    expect(judge({ ...claim, right: at("gradient", "end") }, [gradient])).toMatchObject({ expected: "> its value at the end" });
  });

  test("compares each seed with itself, and every seed must agree", () => {
    const claim: Claim = { left: at("gradient", "end"), relation: ">", right: at("sign", "end") };
    expect(judge(claim, twoSeeds)).toMatchObject({ expected: "> sign", measured: "4 .. 8 against 1 .. 5", holds: true });
    expect(judge({ ...claim, left: at("gradient", 10), right: at("sign", 10) }, twoSeeds).holds).toBe(false); // seed 1: 3 against 5
  });

  test("does not hold without records, or without a record of the same seed", () => {
    const claim: Claim = { left: at("gradient", "end"), relation: ">", right: at("sign", "end") };
    expect(judge(claim, [])).toMatchObject({ measured: "not reached against not reached", holds: false });
    expect(judge(claim, [gradient, { ...sign, seed: 5 }]).holds).toBe(false);
    const oneOfTwo = verdicts({ ...tiny, seeds: [0, 1], claims: [claim] }, [gradient, sign]);
    expect(oneOfTwo).toMatchObject([{ measured: "2 (not reached by 1 of 2) against 1 (not reached by 1 of 2)", holds: false }]);
  });
});

describe("a moment", () => {
  const value = (moment: Parameters<typeof at>[1], run: RunRecord): string =>
    judge({ left: at(run.arm, moment), relation: ">", right: -1000 }, [run]).measured;

  test("a step between two rows stands for the row before it", () => expect(value(99, gradient)).toBe("3, carried from step 10"));
  test("a frozen arm repeats its last row", () => expect(value(5000, sign)).toBe("1, carried from step 10"));
  test("a step that was not reached has no value", () => expect(value(101, gradient)).toBe("not reached"));
  test("the peak is the largest row", () => expect(value("peak", gradient)).toBe("3"));
  test("the end is the last row", () => expect(value("end", gradient)).toBe("2"));

  test("a log risk is that of the first row below it, of whichever steps it is", () => {
    expect(value({ logRiskBelow: -5 }, gradient)).toBe("3");
    expect(value({ logRiskBelow: -6 }, gradient)).toBe("2"); // at step 10 it is -6: not below
    expect(value({ logRiskBelow: -8 }, gradient)).toBe("not reached");
    const claim: Claim = { best: "gradient", of: margin, at: { logRiskBelow: -7 } };
    expect(judge(claim, [gradient, sign])).toEqual({
      claim: "gradient: margin.l2 below a log risk of -7",
      expected: "largest of all arms",
      measured: "2, next best 1",
      holds: true,
    });
  });

  test("a run that diverged has no end, and no value at a later step", () => {
    const diverged = { ...gradient, outcome: divergedAt(101) };
    expect(value("end", diverged)).toBe("not reached");
    expect(value(500, diverged)).toBe("not reached");
    expect(value(100, diverged)).toBe("2");
  });

  test.each(["stationary-not-separated", "stalled"] as const)("a run that cannot move (%s) stays where it is", (kind) => {
    const still = { ...gradient, outcome: { kind, step: 100 } };
    expect(value(500, still)).toBe("2, carried from step 100");
    expect(value("end", still)).toBe("2");
  });
});

describe("a reference claim", () => {
  const claim = (published: number, within: { relative: number } | { factor: number }): Claim => ({
    quantity: at("gradient", "end"),
    published,
    within,
  });

  test("compares the mean over seeds", () => {
    expect(judge(claim(6.5, { relative: 0.1 }), twoSeeds)).toEqual({
      claim: "gradient: margin.l2 at the end",
      expected: "published 6.5, within 10 %",
      measured: "6, the mean",
      holds: true,
    });
  });

  test.each([
    [6.7, { relative: 0.1 }, false],
    [5.4, { relative: 0.1 }, false],
    [-6, { relative: 0.1 }, false],
    [13, { factor: 2.2 }, true],
    [13.3, { factor: 2.2 }, false],
    [2.8, { factor: 2.2 }, true],
    [2.7, { factor: 2.2 }, false],
  ])("published %d within %j of a mean of 6: %s", (published, within, holds) => {
    expect(judge(claim(published, within), twoSeeds).holds).toBe(holds);
  });

  test("takes the one value where there is one seed, and does not hold without any", () => {
    expect(judge(claim(2, { factor: 2 }), [gradient])).toMatchObject({
      claim: "gradient: margin.l2 at the end",
      expected: "published 2, within a factor 2",
      holds: true,
    });
    expect(judge(claim(2, { factor: 2 }), [])).toMatchObject({ measured: "not reached", holds: false });
  });
});

describe("a monotone claim", () => {
  const claim = (after: "perfectAccuracy" | "separation" | { logRiskBelow: number }, relativeSlack: number): Claim => ({
    arm: "gradient",
    probe: margin,
    after,
    relation: "nondecreasing",
    relativeSlack,
  });
  const run = (values: readonly number[], more = {}): RunRecord =>
    record("gradient", 0, [0, 1, 2, 3], { [margin]: values, logRisk: [1, -2, -6, -9] }, more);

  test("measures the worst relative fall between rows", () => {
    expect(judge(claim("separation", 0.2), [run([9, 4, 5, 4.5], { separationStep: 1 })])).toEqual({
      claim: "gradient: margin.l2 never falls after separation",
      expected: "falls by at most 0.2 of its value",
      measured: "fell by 0.1",
      holds: true,
    });
    expect(judge(claim("separation", 0.05), [run([9, 4, 5, 4.5], { separationStep: 1 })]).holds).toBe(false);
  });

  test("looks only at rows after its condition", () => {
    const values = [9, 4, 5, 6];
    expect(judge(claim("separation", 0), [run(values, { separationStep: 1 })])).toMatchObject({ measured: "never fell", holds: true });
    expect(judge(claim("perfectAccuracy", 0), [run(values, { perfectAccuracyStep: 0 })]).holds).toBe(false);
    expect(judge(claim({ logRiskBelow: -5 }, 0), [run([9, 6, 5, 5])])).toMatchObject({
      claim: "gradient: margin.l2 never falls after log risk < -5",
      holds: true,
    });
    expect(judge(claim({ logRiskBelow: -1 }, 0), [run([9, 6, 5, 5])]).holds).toBe(false);
  });

  test("judges the worst seed", () => {
    const good = run([1, 2, 3, 4], { separationStep: 0 });
    expect(judge(claim("separation", 0.1), [good, { ...run([1, 2, 3, 2], { separationStep: 0 }), seed: 1 }]).holds).toBe(false);
  });

  test.each([
    ["the condition is never met", [run([1, 2, 3, 4])]],
    ["only one row is left", [run([1, 2, 3, 4], { separationStep: 3 })]],
    ["there is no record", []],
  ])("does not hold when %s", (_, records) => {
    expect(judge(claim("separation", 0.5), records)).toMatchObject({ measured: "not reached", holds: false });
  });

  test("does not hold when one of several seeds never met the condition", () => {
    const good = run([1, 2, 3, 4], { separationStep: 0 });
    expect(judge(claim("separation", 0.5), [good, { ...run([1, 2, 3, 4]), seed: 1 }]).holds).toBe(false);
    expect(judge(claim("separation", 0.5), [{ ...run([1, 2, 3, 4]), seed: 1 }, good]).holds).toBe(false);
  });
});

describe("a best claim", () => {
  const claim = (best: string): Claim => ({ best, of: margin, at: "end" });

  test("wants the largest value of all arms", () => {
    expect(judge(claim("gradient"), [gradient, sign])).toEqual({
      claim: "gradient: margin.l2 at the end",
      expected: "largest of all arms",
      measured: "2, next best 1",
      holds: true,
    });
    expect(judge(claim("sign"), [gradient, sign])).toMatchObject({ measured: "1, next best 2", holds: false });
  });

  test("wants it for every seed", () => {
    expect(judge(claim("gradient"), twoSeeds)).toMatchObject({ expected: "largest of all arms", holds: true });
    expect(judge({ ...claim("gradient"), at: 10 }, twoSeeds).holds).toBe(false);
  });

  test("compares with the arms it is among, and no others", () => {
    const others = [record("a", 0, steps, { [margin]: [0, 0, 1.5] }), record("b", 0, steps, { [margin]: [0, 0, 9] })];
    const arms = { ...tiny.arms, a: tiny.arms.sign!, b: tiny.arms.sign! };
    const judgeAmong = (among: string[]) =>
      verdicts({ ...tiny, arms, seeds: [0], claims: [{ ...claim("gradient"), among } as Claim] }, [gradient, sign, ...others])[0];
    expect(judgeAmong(["gradient", "sign", "a"])).toEqual({
      claim: "gradient: margin.l2 at the end",
      expected: "larger than sign, a",
      measured: "2, next best 1.5",
      holds: true,
    });
    expect(judgeAmong(["b"])).toMatchObject({ measured: "2, next best 9", holds: false });
  });

  test("tells a tie from a difference in the fifth digit", () => {
    const [own, near] = [record("gradient", 0, steps, { [margin]: [0, 1, 2] }), record("sign", 0, steps, { [margin]: [0, 1, 2.00001] })];
    expect(judge(claim("gradient"), [own, { ...own, arm: "sign" }])).toMatchObject({ measured: "2, next best 2 (a tie)", holds: false });
    expect(judge(claim("gradient"), [own, near])).toMatchObject({ measured: "2, next best 2.00001", holds: false });
    const compared = { left: at("sign", "end"), relation: ">", right: at("gradient", "end") } as const;
    expect(judge(compared, [own, near])).toMatchObject({ measured: "2.00001 against 2", holds: true });
    expect(judge(compared, [own, { ...own, arm: "sign" }])).toMatchObject({ measured: "2 against 2 (a tie)", holds: false });
    const two = [...twoSeeds.slice(0, 3), record("sign", 1, steps, { [margin]: [0, 5, 8] })];
    expect(judge(compared, two)).toMatchObject({ measured: "1 .. 8 against 4 .. 8 (a tie for 1 of 2)", holds: false });
    expect(judge({ ...compared, right: 2 }, [own, near])).toMatchObject({ expected: "> 2", measured: "2.00001", holds: true });
  });

  test("is not won by a tie, against a rival that diverged, or without a record", () => {
    expect(judge(claim("gradient"), [gradient, { ...gradient, arm: "sign" }]).holds).toBe(false);
    expect(judge(claim("gradient"), [gradient, { ...sign, outcome: divergedAt(11) }])).toMatchObject({ holds: false });
    expect(judge(claim("gradient"), [sign]).holds).toBe(false);
  });
});

test("every published curve of the figure is compared with the mean over seeds at its steps, whether a claim does or not", () => {
  const published = {
    gradient: [
      [10, 5],
      [100, 3],
      [1000, 1],
    ],
    sign: [
      [10, 0],
      [100, -6],
    ],
    none: [],
  } as const;
  const figure = [
    { probe: margin, scale: "linear", published },
    { probe: "logRisk", scale: "linear" },
  ] as const;
  expect(publishedFindings({ ...tiny, claims: [], figure }, twoSeeds)).toEqual([
    {
      arm: "gradient",
      probe: margin,
      points: [
        { step: 10, published: 5, measured: 2.5, ratio: 0.5 },
        { step: 100, published: 3, measured: 6, ratio: 2 },
        { step: 1000, published: 1, measured: Number.NaN, ratio: Number.NaN }, // the runs end at step 100
      ],
    },
    {
      arm: "sign",
      probe: margin,
      points: [
        { step: 10, published: 0, measured: 3, ratio: Number.NaN },
        { step: 100, published: -6, measured: 3, ratio: -0.5 },
      ],
    },
  ]);
  expect(publishedFindings({ ...tiny, figure }, twoSeeds.slice(1))[0]!.points[0]).toMatchObject({ measured: Number.NaN }); // seed 0 failed
  const ofFrozen = [{ probe: margin, scale: "linear", published: { sign: [[10, 1] as const, [100, 2] as const] } }] as const;
  expect(publishedFindings({ ...tiny, seeds: [0], figure: ofFrozen }, [sign])[0]!.points).toEqual([
    { step: 10, published: 1, measured: 1, ratio: 1 },
    { step: 100, published: 2, measured: 1, ratio: 0.5, carried: true },
  ]);
});

test("every claim of a definition is judged, in its order", () => {
  const claims: Claim[] = [
    { best: "gradient", of: margin, at: "end" },
    { best: "sign", of: margin, at: "end" },
  ];
  expect(verdicts({ ...tiny, seeds: [0], claims }, [gradient, sign]).map(({ holds }) => holds)).toEqual([true, false]);
});

test.each([
  [0, "0"],
  [-0, "0"],
  [22.123456, "22.12"],
  [-3.77349, "-3.773"],
  [0.001, "0.001"],
  [0.00045749, "4.575e-4"],
  [999_999, "1e+6"],
  [123_456, "123500"],
  [12_345_678, "1.235e+7"],
  [1e-300, "1e-300"],
  [Number.NaN, "not reached"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
])("%d is written %s", (value, text) => expect(numberText(value)).toBe(text));
