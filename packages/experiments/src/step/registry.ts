import { constant, lossBased, marginPaced, powerLaw, type StepRule } from "@steepest/core";
import { build, nonNegative, oneOf, positive, type Registry } from "../definition/choice.js";
import { z } from "../definition/zod.js";

export type StepChoice =
  | { readonly rule: "constant"; readonly size: number }
  | { readonly rule: "powerLaw"; readonly size: number; readonly exponent: number }
  | { readonly rule: "lossBased"; readonly size: number }
  | { readonly rule: "marginPaced"; readonly c: number };

/** Every step rule that a definition can name; the rules themselves live in core. */
export const stepRules: Registry<StepChoice, "rule", StepRule> = {
  constant: {
    schema: z.strictObject({ rule: z.literal("constant"), size: positive() }),
    summary: "the same size at every step",
    build: constant,
  },
  powerLaw: {
    schema: z.strictObject({ rule: z.literal("powerLaw"), size: positive(), exponent: nonNegative() }),
    summary: "size (t + 1)^-exponent",
    build: powerLaw,
  },
  lossBased: {
    schema: z.strictObject({ rule: z.literal("lossBased"), size: positive() }),
    summary: "size / risk, for unnormalised steepest descent",
    build: lossBased,
  },
  marginPaced: {
    schema: z.strictObject({ rule: z.literal("marginPaced"), c: positive() }),
    summary: "c / max over samples of the gradient's dual norm: no sample margin moves by more than about c",
    build: marginPaced,
  },
};

export const stepSchema: z.ZodType<StepChoice> = oneOf("rule", stepRules);

export function buildStepRule(choice: StepChoice): StepRule {
  return build(stepRules, "rule", choice);
}
