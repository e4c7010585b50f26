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

  test("is a tenth of the size where the optimiser takes no margin-paced steps", () => {
    const arm: ArmSetup = { optimizer: { kind: "adaGrad", epsilon: 1e-10 }, step: { rule: "constant", size: 0.3 } };
    const remedy = remedyFor(arm, diverged)!;
    expect(remedy.arm.step).toEqual({ rule: "constant", size: 0.03 });
    expect(remedy.text).toBe("Start again with step size 0.03");
  });

  test("is the same where long steps killed every unit, and nothing where the start was dead or steps were paced", () => {
    const stuck = (step: number) => ({ kind: "stationary-not-separated", step }) as const;
    const arm: ArmSetup = { optimizer: sign, step: { rule: "constant", size: 1 } };
    expect(remedyFor(arm, stuck(22))!.arm.step).toEqual({ rule: "marginPaced", c: 0.25 });
    expect(remedyFor(arm, stuck(0))).toBeUndefined();
    expect(remedyFor({ ...arm, step: { rule: "marginPaced", c: 0.25 } }, stuck(22))).toBeUndefined();
  });
});

test("what helps where the own soft margin falls step by step are steps that it judges, more strictly if it does already", () => {
  const falls = [{ kind: "warning", what: "softMarginFall", step: 9, value: 0.07, advice: "" }] as const;
  const arm: ArmSetup = { optimizer: sign, step: { rule: "marginPaced", c: 0.25 } };
  const remedy = remedyFor(arm, undefined, falls)!;
  expect(remedy).toEqual({
    arm: { ...arm, step: { rule: "backtracking", relativeSize: 0.02, tolerance: 1e-5 } },
    text: "Start again with backtracking",
  });
  expect(remedyFor(remedy.arm, undefined, falls)!.arm.step).toEqual({ rule: "backtracking", relativeSize: 0.02, tolerance: 1e-6 });
  const unnormalised = { kind: "steepest", norm: "l2", normalized: false } as const;
  expect(remedyFor({ optimizer: unnormalised, step: { rule: "lossBased", size: 1, rollback: false } }, undefined, falls)).toBeUndefined();
  expect(remedyFor(arm, diverged, falls)!.arm.step).toEqual({ rule: "marginPaced", c: 0.025 });
});

test("steps that undo each other are made shorter", () => {
  const arm: ArmSetup = {
    optimizer: { kind: "steepest", norm: "l1", normalized: true, smoothing: "none" },
    step: { rule: "marginPaced", c: 0.25 },
  };
  const warning = { kind: "warning", what: "stagnation", step: 1000, value: 500, advice: "" } as const;
  expect(remedyFor(arm, undefined, [warning])).toMatchObject({ arm: { step: { rule: "marginPaced", c: 0.025 } } });
});

describe("what helps where decay takes more than the weights", () => {
  const warning = { kind: "warning", what: "overdecay", step: 1, advice: "" } as const;
  const finished = { kind: "finished", step: 200, reason: "steps" } as const;
  const adamW = { kind: "adamW", beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 5 } as const;

  test.each([
    [50, 42.6, 0.587], // 50 / 85.2
    [50, 1.5, 5],
  ])("is c = %s of which it took %s times the weights made c = %s", (c, value, remedied) => {
    const arm: ArmSetup = { optimizer: adamW, step: { rule: "marginPaced", c } };
    expect(remedyFor(arm, finished, [{ ...warning, value }])).toEqual({
      arm: { optimizer: adamW, step: { rule: "marginPaced", c: remedied } },
      text: `Start again with c = ${remedied}`,
    });
  });
});

describe("what helps where a judged rule takes every step back", () => {
  const stalled = { kind: "stalled", step: 9 } as const;

  test("is margin-paced steps, where the optimiser takes them", () => {
    const muon = { kind: "muon", momentum: 0.9, nesterov: true, orthogonalization: "exact", scale: "spectral" } as const;
    const remedy = remedyFor({ optimizer: muon, step: { rule: "backtracking", relativeSize: 0.1, tolerance: 0 } }, stalled)!;
    expect(remedy).toEqual({
      arm: { optimizer: muon, step: { rule: "marginPaced", c: 0.25 } },
      text: "Start again with margin-paced steps",
    });
  });

  test("is nothing elsewhere, since shorter steps were tried", () => {
    const arm: ArmSetup = {
      optimizer: { kind: "heavyBall", momentum: 0.9, nesterov: false },
      step: { rule: "lineSearch", size: 1, sufficientDecrease: 0.1 },
    };
    expect(remedyFor(arm, stalled)).toBeUndefined();
  });
});
