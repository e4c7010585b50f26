import { describe, expect, test } from "vitest";
import { type Claim, type RunRecord, type Verdict, verdicts } from "../../src/index.js";
import { record } from "../support/record.js";
import { tiny } from "../support/tiny.js";

const margin = "margin.l2";
const judge = (claim: Claim, records: readonly RunRecord[]): Verdict =>
  verdicts({ ...tiny, seeds: records.map(({ seed }) => seed), claims: [claim] }, records)[0]!;

describe("a slope", () => {
  /** logRisk = height - exponent log t at these steps. */
  const power = (seed: number, exponent: number, height: number, missing?: number): RunRecord => {
    const at = [0, 1, 3, 10, 100];
    return record("gradient", seed, at, {
      logRisk: at.map((t) => (t === missing ? Number.NaN : height - exponent * Math.log(Math.max(t, 0.5)))),
      [margin]: at.map((t) => Math.log(Math.max(t, 0.5))),
    });
  };
  const claim: Claim = { arm: "gradient", slopeOf: { logRisk: 1 }, from: 1, near: -0.35, within: 0.05 };

  test("is the exponent of a power law, the mean over the seeds", () => {
    expect(judge({ ...claim, published: -1 / 3 }, [power(0, 0.25, 3), power(1, 0.5, -2)])).toEqual({
      claim: "gradient: slope of logRisk from step 1 on",
      expected: "published -0.3333, within 0.05 of -0.35",
      measured: "-0.375, the mean of -0.5 .. -0.25",
      holds: true,
    });
    expect(judge({ ...claim, within: 0.02 }, [power(0, 0.25, 3), power(1, 0.5, -2)]).holds).toBe(false);
  });

  test("is that of a sum of probes, over the steps of the fit alone", () => {
    expect(judge({ ...claim, slopeOf: { logRisk: 2, [margin]: 1 } }, [power(0, 0.675, 3)])).toMatchObject({
      claim: "gradient: slope of 2 x logRisk + margin.l2 from step 1 on",
      measured: "-0.35",
      holds: true,
    });
    expect(judge({ ...claim, from: 3 }, [power(0, 0.35, 0, 1)])).toMatchObject({ measured: "-0.35", holds: true });
  });

  test("has no value where a row has none, or where there are fewer than two rows", () => {
    expect(judge(claim, [power(0, 0.35, 0, 10)])).toMatchObject({ measured: "not reached", holds: false });
    expect(judge({ ...claim, from: 11 }, [power(0, 0.35, 0)])).toMatchObject({ measured: "not reached", holds: false });
    expect(judge(claim, [])).toMatchObject({ holds: false });
  });
});
