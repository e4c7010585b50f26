import { describe, expect, test } from "vitest";
import { type Claim, type RunRecord, type Verdict, verdicts } from "../../src/index.js";
import { record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

const probe = "margin.l2";
const judge = (claim: Claim, records: readonly RunRecord[]): Verdict =>
  verdicts({ ...tiny, seeds: records.map(({ seed }) => seed), claims: [claim] }, records)[0]!;

describe("an exponent", () => {
  const depths = [-1, 0.5, 10, 40, 90, 1000];
  /** A probe that is limit + size depth^exponent below a risk of 1. */
  const power = (seed: number, exponent: number, size: number, limit = 0, at: Readonly<Record<number, number>> = {}): RunRecord =>
    record("gradient", seed, [...depths.keys()], {
      logRisk: depths.map((depth) => -depth),
      [probe]: depths.map((depth) => at[depth] ?? limit + size * Math.max(depth, 0) ** exponent),
    });
  const claim: Claim = { arm: "gradient", exponentOf: probe, from: { logRiskBelow: -5 }, near: -0.4, within: 0.05 };

  test("is that of the depth, whatever the steps, the mean over the seeds", () => {
    expect(judge(claim, [power(0, -0.5, 3), power(1, -0.25, 0.1)])).toEqual({
      claim: "gradient: exponent of margin.l2 over -log R from a log risk of -5 on",
      expected: "within 0.05 of -0.4",
      measured: "-0.375, the mean of -0.5 .. -0.25",
      holds: true,
    });
    expect(judge({ ...claim, within: 0.02 }, [power(0, -0.5, 3), power(1, -0.25, 0.1)]).holds).toBe(false);
  });

  test("is that of the distance to a limit, from below and from above", () => {
    for (const size of [-0.3, 0.3]) {
      expect(judge({ ...claim, limit: 1 }, [power(0, -0.4, size, 1)])).toMatchObject({
        claim: "gradient: exponent of |margin.l2 - 1| over -log R from a log risk of -5 on",
        measured: "-0.4",
        holds: true,
      });
    }
  });

  test("of a certificate's number is fitted to the rows that have certificates, of which none may be without a value", () => {
    const best = "kkt.bestTangentMarginRatio.own";
    const of = (values: Readonly<Record<number, number>>) => [
      record("gradient", 0, [...depths.keys()], {
        logRisk: depths.map((depth) => -depth),
        [best]: depths.map((depth) => values[depth] ?? Number.NaN),
      }),
    ];
    const claims: Claim[] = [{ ...claim, exponentOf: best, limit: 1 }];
    const judged = (values: Readonly<Record<number, number>>, certifyBelow?: number[]) =>
      verdicts({ ...tiny, seeds: [0], record: { ...tiny.record, ...(certifyBelow && { certifyBelow }) }, claims }, of(values))[0]!;
    const values = { 40: 1 - 40 ** -0.4, 1000: 1 - 1000 ** -0.4 };
    expect(judged(values, [-30, -100])).toMatchObject({ measured: "-0.4", holds: true });
    expect(judged(values)).toMatchObject({ measured: "not reached", holds: false });
    expect(judged({ 40: 0.5 }, [-30, -100])).toMatchObject({ measured: "not reached", holds: false });
  });

  test("is fitted to the rows from the log risk on alone", () => {
    const bent = power(0, -0.4, 1, 0, { 10: 7 });
    expect(judge({ ...claim, from: { logRiskBelow: -10 } }, [bent])).toMatchObject({ measured: "-0.4" });
    expect(judge(claim, [bent]).measured).not.toBe("-0.4");
  });

  test("has no value where a row has none or is at the limit, where a run was never so deep, or without runs", () => {
    for (const runs of [
      [power(0, -0.4, 1, 0, { 40: Number.NaN })],
      [power(0, -0.4, 1, 0, { 40: 0 })],
      [power(0, -0.4, 1), power(1, -0.4, 1, 0, { 90: Number.NaN })],
    ])
      expect(judge(claim, runs)).toMatchObject({ holds: false });
    expect(judge({ ...claim, from: { logRiskBelow: -1000 } }, [power(0, -0.4, 1)])).toMatchObject({
      measured: "not reached",
      holds: false,
    });
    expect(judge(claim, [])).toMatchObject({ holds: false });
  });
});
