import { buildOptimizer, buildStepRule } from "@steepest/experiments";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArmSetup } from "../../src/setup/raceSetup.js";
import { remedyFor } from "../../src/setup/remedy.js";
import { runs } from "../fuzz.js";
import { anyArm } from "./anySetup.js";

const diverged = { kind: "diverged", step: 3, what: "logRisk" } as const;
const sign = { kind: "steepest", norm: "linf", normalized: true, smoothing: "none" } as const;

describe("what helps against a divergence", () => {
  test.each([
    [{ optimizer: sign, step: { rule: "constant", size: 1e9 } }, { rule: "marginPaced", c: 0.25 }, "margin-paced"],
    [{ optimizer: sign, step: { rule: "marginPaced", c: 50 } }, { rule: "marginPaced", c: 5 }, "c = 5"],
    [
      { optimizer: { kind: "steepest", norm: "l2", normalized: false }, step: { rule: "constant", size: 1e6 } },
      { rule: "marginPaced", c: 0.25 },
      "normalised, with margin-paced",
    ],
  ] satisfies [ArmSetup, object, string][])("%j", (arm, step, text) => {
    const remedy = remedyFor(arm, diverged)!;
    expect(remedy.arm.step).toEqual(step);
    expect(remedy.text).toContain(text);
  });

  test("is an arm that can run, keeps everything else of it, and gives shorter steps each time", () => {
    fc.assert(
      fc.property(anyArm, (arm) => {
        const remedy = remedyFor(arm, diverged);
        if (!remedy) return;
        const { optimizer, step, ...rest } = remedy.arm;
        expect(rest).toEqual((({ optimizer: _, step: __, ...others }) => others)(arm));
        expect(optimizer.kind).toBe(arm.optimizer.kind);
        const { lengthUnit } = buildOptimizer(optimizer);
        expect(["any", lengthUnit]).toContain(buildStepRule(step).appliesTo);
        const [before, after] = [arm.step, step].map((one) => ("size" in one ? one.size : "c" in one ? one.c : 0));
        if (arm.step.rule === step.rule) expect(after).toBeLessThan(before!);
      }),
      runs(200),
    );
  });

  test("is nothing where the length of steps is not what is wrong", () => {
    const arm: ArmSetup = { optimizer: sign, step: { rule: "constant", size: 1 } };
    expect(remedyFor(arm, { kind: "stationary-not-separated", step: 1 })).toBeUndefined();
    expect(remedyFor(arm, { kind: "stalled", step: 1 })).toBeUndefined();
  });
});
