import { describe, expect, test } from "vitest";
import {
  buildOptimizer,
  buildStepRule,
  fittingStep,
  type OptimizerChoice,
  optimizers,
  rulesFor,
  stepRules,
  stepStarts,
} from "../../src/index.js";

const starts: readonly OptimizerChoice[] = Object.values(optimizers).map(({ examples: [start] }) => start);

test.each(Object.entries(stepStarts))("step rule %s starts with what makes one", (rule, step) => {
  expect(step.rule).toBe(rule);
  expect(buildStepRule(step).id).toBe(rule);
});

test("every step rule has a start", () => {
  expect(Object.keys(stepStarts).sort()).toEqual(Object.keys(stepRules).sort());
});

describe("the step of an optimiser", () => {
  test("stays where it makes sense, and else becomes one that does", () => {
    for (const optimizer of starts) {
      const { lengthUnit } = buildOptimizer(optimizer);
      for (const step of Object.values(stepStarts)) {
        const { appliesTo } = buildStepRule(step);
        const fits = appliesTo === "any" || appliesTo === lengthUnit;
        const fitting = fittingStep(optimizer, step);
        if (fits) expect(fitting).toBe(step);
        else expect(rulesFor(optimizer)).toContain(fitting.rule);
      }
    }
  });

  test("is margin-paced for steepest descent and constant for Adam", () => {
    expect(fittingStep(optimizers.steepest.examples[0], stepStarts.marginPaced).rule).toBe("marginPaced");
    expect(rulesFor(optimizers.adam.examples[0])).toContain("constant");
    expect(rulesFor(optimizers.steepest.examples[0])).not.toContain("lossBased");
  });
});
