import { expect, test } from "vitest";
import { cosine, DefinitionError, linearDecay, type StepContext, type StepRule } from "../../src/index.js";

function sizes(rule: StepRule, count: number): number[] {
  const control = rule.start();
  return Array.from({ length: count }, (_, step) => {
    const { size, logScale } = control.size({ step } as StepContext);
    expect(logScale).toBe(0);
    return size;
  });
}

test("cosine is torch's CosineAnnealingLR(T_max=7, eta_min=0.02), torch 1.13, then stays", () => {
  const torch = [
    0.3, 0.28613564150633863, 0.24728857226022263, 0.19115293075388395, 0.12884706924611597, 0.0727114277397773, 0.03386435849366133, 0.02,
  ];
  const found = sizes(cosine({ size: 0.3, steps: 7, final: 0.02 }), 10);
  for (const [t, value] of found.entries()) expect(Math.abs(value - (torch[t] ?? 0.02))).toBeLessThanOrEqual(1e-15);
});

test("linearDecay by hand, with a warm-up of two steps, down to 0 and no further", () => {
  expect(sizes(linearDecay({ size: 1, steps: 6, warmUp: 2 }), 8)).toEqual([0.5, 1, 1, 0.75, 0.5, 0.25, 0, 0]);
  expect(sizes(linearDecay({ size: 1, steps: 4, final: 0.5 }), 6)).toEqual([1, 0.875, 0.75, 0.625, 0.5, 0.5]);
});

test("a warm-up ends where the curve begins", () => {
  expect(sizes(cosine({ size: 2, steps: 8, warmUp: 4 }), 5)).toEqual([0.5, 1, 1.5, 2, 2]);
});

test.each([cosine, linearDecay])("the largest size is known before the run, and mistakes are refused", (rule) => {
  expect(rule({ size: 2, steps: 3 }).largestSize).toBe(2);
  expect(rule({ size: 2, steps: 3, final: 2 }).largestSize).toBe(2);
  expect(() => rule({ size: 2, steps: 3, final: 5 })).toThrow("step.final: must be at most size = 2, got 5");
  expect(() => rule({ size: 0, steps: 3 })).toThrow("step.size: must be finite and > 0, got 0");
  expect(() => rule({ size: 1, steps: 0 })).toThrow("step.steps: must be an integer >= 1, got 0");
  expect(() => rule({ size: 1, steps: 3, warmUp: 3 })).toThrow("step.warmUp: must be below steps = 3, got 3");
  expect(() => rule({ size: 1, steps: 3, final: -1 })).toThrow(DefinitionError);
  expect(() => rule({ size: 1, steps: 3, T_max: 3 } as never)).toThrow('unknown option "T_max"');
});
