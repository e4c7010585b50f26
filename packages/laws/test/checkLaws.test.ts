import { describe, expect, test } from "vitest";
import { caseFromJson, checkLaws, formatReport, normLaws, profiles, replayLaw, SubjectLost } from "../src/index.js";
import { normMutants } from "./support/normMutants.js";
import { l2, linf, weightedLinf } from "./support/plainNorms.js";

const options = { seed: 7, profile: "smoke" } as const;
const uphill = normMutants["lmo that points uphill"]!;

describe("checkLaws", () => {
  test("reports cases, slack and verdict per law, and the same again for the same seed", () => {
    const report = checkLaws(normLaws, l2, options);
    expect(report.verdict).toBe("holds");
    expect(report.results).toHaveLength(normLaws.length);
    for (const { law, worstSlack, verdict } of report.results) {
      expect([law, verdict]).toEqual([law, /partial-isometry|rank-of/.test(law) ? "not applicable" : "holds"]);
      expect(worstSlack).toBeLessThanOrEqual(1);
    }
    expect(report.results.find(({ law }) => law === "holder")!.cases).toBe(25);
    expect(checkLaws(normLaws, l2, options)).toEqual(report);
  });

  test("shrinks a counterexample to one small integer and replays it", () => {
    const report = checkLaws(normLaws, uphill, options);
    expect(report.verdict).toBe("violated");
    const result = report.results.find(({ law }) => law === "lmo-attains-dual-norm")!;
    expect(caseFromJson(result.counterexample!)).toEqual(Float64Array.of(1));
    expect(replayLaw(normLaws, uphill, result.law, result.counterexample!)).toBe(result.worstSlack);
    expect(replayLaw(normLaws, linf, result.law, result.counterexample!)).toBe(0);
    expect(result.replay).toBe(`replayLaw(laws, subject, "lmo-attains-dual-norm", '{"f64":[1]}')`);
    expect(formatReport(report)).toContain(result.replay);
  });

  test("calls a law that the subject cannot be asked not applicable, never held", () => {
    const results = checkLaws(normLaws, weightedLinf, options).results.filter(({ law }) => law.startsWith("projection"));
    expect(results.length).toBeGreaterThan(0);
    for (const { verdict, cases } of results) expect([verdict, cases]).toEqual(["not applicable", 0]);
  });

  test("reports what a subject throws as a violation", () => {
    const throwing = {
      ...linf,
      lmo: (): Float64Array => {
        throw new Error("not today");
      },
    };
    const result = checkLaws(normLaws, throwing, options).results.find(({ law }) => law === "lmo-in-unit-ball")!;
    expect([result.verdict, result.error]).toEqual(["violated", "Error: not today"]);
  });

  test("a subject that is lost ends the check at once, with its own error", () => {
    let calls = 0;
    const lost = {
      ...linf,
      norm: (): number => {
        calls++;
        throw new SubjectLost("the process has ended");
      },
    };
    expect(() => checkLaws(normLaws, lost, options)).toThrow(new SubjectLost("the process has ended"));
    expect(calls).toBe(1);
    const zero = normLaws.filter(({ id }) => id === "lmo-of-zero");
    const lostDirection = { ...linf, lmo: lost.norm as unknown as (g: Float64Array) => Float64Array };
    expect(() => checkLaws(zero, lostDirection, options)).toThrow("the process has ended");
  });

  test("profiles: smoke and ci are quick, deep asks ten thousand cases", () => {
    expect(profiles).toEqual({ smoke: 25, ci: 200, deep: 10_000 });
  });

  test("a slack of NaN refutes", () => {
    const law = { ...normLaws[0]!, holds: () => Number.NaN };
    expect(checkLaws([law], linf, options).verdict).toBe("violated");
    expect(checkLaws([{ ...law, generate: () => [0, 1] }], linf, options).verdict).toBe("violated");
  });

  test("refuses an option that it does not have: a mistyped precision would judge by another", () => {
    expect(() => checkLaws(normLaws, linf, { ...options, precission: "f32" } as never)).toThrow(
      'checkLaws: unknown option "precission", expected seed, profile, precision or range',
    );
  });

  test("refuses a seed or profile without meaning", () => {
    expect(() => checkLaws(normLaws, linf, { seed: 0.5, profile: "ci" })).toThrow("checkLaws: seed must be an integer, got 0.5");
    expect(() => checkLaws(normLaws, linf, { seed: 1, profile: "quick" as "ci" })).toThrow(
      "profile must be one of smoke, ci, deep, got quick",
    );
    expect(() => replayLaw(normLaws, linf, "no-such-law", "1")).toThrow('there is no law "no-such-law"');
  });
});
