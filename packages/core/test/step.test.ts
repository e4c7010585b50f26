import { describe, expect, test } from "vitest";
import { constant, lossBased, marginPaced, powerLaw, type StepContext } from "../src/index.js";
import { hosts } from "./hosts.js";

describe.each(hosts)("step rules on the $host", ({ kernels }) => {
  const at = (step: number): StepContext => ({
    kernels: kernels(0),
    step,
    logRisk: -40,
    separated: true,
    degree: 2,
    normOfTheta: () => 16,
    dualNormOfGhat: () => 4,
    maxSampleGradient: () => 8,
  });

  test("constant: the size, at every step", () => {
    expect([0, 7].map((step) => constant({ size: 0.3 }).start().size(at(step)))).toEqual([0, 7].map(() => ({ size: 0.3, logScale: 0 })));
  });

  test("power law: size (t + 1)^-exponent, so the first step is the size itself", () => {
    const rule = powerLaw({ size: 0.3, exponent: 0.5 });
    expect(rule.start().size(at(0))).toEqual({ size: 0.3, logScale: 0 });
    expect(rule.start().size(at(3)).size).toBeCloseTo(0.15, 15);
    expect(rule.start().size(at(99)).size).toBeCloseTo(0.03, 15);
    expect(powerLaw({ size: 0.3, exponent: 0 }).start().size(at(99)).size).toBe(0.3);
  });

  test("loss-based: size / R as a logarithm, since R itself may be 0 in binary64", () => {
    expect(lossBased({ size: 0.3, rollback: false }).start().size(at(0))).toEqual({ size: 0.3, logScale: 40 });
  });

  test("margin-paced: c over the largest dual norm of a sample gradient", () => {
    expect(marginPaced({ c: 2 }).start().size(at(5))).toEqual({ size: 0.25, logScale: 0 });
  });
});
