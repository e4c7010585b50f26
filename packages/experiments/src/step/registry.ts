import { backtracking, constant, lineSearch, lossBased, marginPaced, powerLaw, type StepRule, warmUp } from "@steepest/core";
import { build, integer, nonNegative, oneOf, positive, type Registry } from "../definition/choice.js";
import { z } from "../definition/zod.js";

export type StepChoice =
  | { readonly rule: "constant"; readonly size: number }
  | { readonly rule: "powerLaw"; readonly size: number; readonly exponent: number }
  | { readonly rule: "lossBased"; readonly size: number; readonly rollback: boolean }
  | { readonly rule: "marginPaced"; readonly c: number; readonly gradients?: "exact" | "bound" | undefined }
  | { readonly rule: "warmUp"; readonly size: number; readonly steps: number }
  | { readonly rule: "backtracking"; readonly relativeSize: number; readonly tolerance: number }
  | { readonly rule: "lineSearch"; readonly size: number; readonly sufficientDecrease: number };

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
    schema: z.strictObject({ rule: z.literal("lossBased"), size: positive(), rollback: z.boolean() }),
    summary:
      "size / risk, for unnormalised steepest descent; with rollback the size grows while the risk falls and steps that raise it are taken back",
    build: lossBased,
  },
  marginPaced: {
    schema: z.strictObject({ rule: z.literal("marginPaced"), c: positive(), gradients: z.enum(["exact", "bound"]).optional() }),
    summary:
      "c over the largest dual norm of a sample's gradient, at most c ||theta|| / (L - 1): no sample margin moves by more than about c",
    build: ({ c, gradients = "exact" }) => marginPaced({ c, gradients }),
  },
  warmUp: {
    schema: z.strictObject({ rule: z.literal("warmUp"), size: positive(), steps: integer(1) }),
    summary: "grows linearly to size within so many steps, then stays",
    build: warmUp,
  },
  backtracking: {
    schema: z.strictObject({ rule: z.literal("backtracking"), relativeSize: positive(), tolerance: nonNegative() }),
    summary: "relative steps that are halved until the own soft margin does not fall; before separation, until the risk falls",
    build: backtracking,
  },
  lineSearch: {
    schema: z.strictObject({ rule: z.literal("lineSearch"), size: positive(), sufficientDecrease: z.number().gt(0).lt(1) }),
    summary: "steps that are halved until the log risk falls by a share of the slope",
    build: lineSearch,
  },
};

export const stepSchema: z.ZodType<StepChoice> = oneOf("rule", stepRules);

export function buildStepRule(choice: StepChoice): StepRule {
  return build(stepRules, "rule", choice);
}
