import {
  backtracking,
  constant,
  largestBoundedC,
  lineSearch,
  lossBased,
  marginPaced,
  powerLaw,
  type StepRule,
  warmUp,
} from "@steepest/core";
import { build, integer, nonNegative, oneOf, positive, type Registry } from "../definition/choice.js";
import { field } from "../definition/field.js";
import { implication, ruled } from "../definition/rule.js";
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
    schema: z.strictObject({
      rule: z.literal("constant"),
      size: field(positive(), "Length of a step; times the gradient norm where the optimiser is not normalised.", {
        unit: "norm of the weights",
        example: 0.01,
      }),
    }),
    summary: "the same size at every step",
    build: constant,
  },
  powerLaw: {
    schema: z.strictObject({
      rule: z.literal("powerLaw"),
      size: field(positive(), "Length of the first step.", { unit: "norm of the weights", example: 0.1 }),
      exponent: field(nonNegative(), "Step t has the length size (t + 1)^-exponent.", { unit: "1", example: 0.5 }),
    }),
    summary: "size (t + 1)^-exponent",
    build: powerLaw,
  },
  lossBased: {
    schema: z.strictObject({
      rule: z.literal("lossBased"),
      size: field(positive(), "Length of a step times the risk.", { unit: "norm of the weights", example: 0.01 }),
      rollback: field(z.boolean(), "Whether steps that raise the risk are taken back, and the size grows while it falls.", {
        example: false,
      }),
    }),
    summary:
      "size / risk, for unnormalised steepest descent; with rollback the size grows while the risk falls and steps that raise it are taken back",
    build: lossBased,
  },
  marginPaced: {
    schema: ruled(
      z.strictObject({
        rule: z.literal("marginPaced"),
        c: field(positive(), "About how much a sample margin may change in one step: 0.25 follows the flow, 1 is fast.", {
          unit: "score",
          example: 0.25,
        }),
        gradients: field(
          z.enum(["exact", "bound"]),
          "Largest sample gradient: measured, or bounded, which costs nothing and needs c <= 0.1.",
          { example: "exact" },
        ).optional(),
      }),
      {
        json: implication(
          { properties: { gradients: { const: "bound" } }, required: ["gradients"] },
          { properties: { c: { maximum: largestBoundedC } } },
        ),
        problems: () => [], // marginPaced itself says it
      },
    ),
    summary:
      "c over the largest dual norm of a sample's gradient, at most c ||theta|| / (L - 1): no sample margin moves by more than about c",
    build: ({ c, gradients = "exact" }) => marginPaced({ c, gradients }),
  },
  warmUp: {
    schema: z.strictObject({
      rule: z.literal("warmUp"),
      size: field(positive(), "Length of the steps after the warm-up.", { unit: "norm of the weights", example: 0.01 }),
      steps: field(integer(1), "Steps until the size is reached.", { unit: "steps", example: 100 }),
    }),
    summary: "grows linearly to size within so many steps, then stays",
    build: warmUp,
  },
  backtracking: {
    schema: z.strictObject({
      rule: z.literal("backtracking"),
      relativeSize: field(positive(), "Length of the first trial, as a share of the norm of the weights.", { unit: "1", example: 0.1 }),
      tolerance: field(nonNegative(), "Relative fall of the soft margin that is accepted.", { unit: "1", example: 1e-5 }),
    }),
    summary: "relative steps that are halved until the own soft margin does not fall; before separation, until the risk falls",
    build: backtracking,
  },
  lineSearch: {
    schema: z.strictObject({
      rule: z.literal("lineSearch"),
      size: field(positive(), "Length of the first trial.", { unit: "norm of the weights", example: 1 }),
      sufficientDecrease: field(z.number().gt(0).lt(1), "Share of the slope by which the log risk has to fall (Armijo's condition).", {
        unit: "1",
        example: 0.1,
      }),
    }),
    summary: "steps that are halved until the log risk falls by a share of the slope",
    build: lineSearch,
  },
};

export const stepSchema: z.ZodType<StepChoice> = oneOf("rule", stepRules);

/**
 * The step rule of core that a definition describes.
 *
 * @param choice  a step rule of a definition
 * @returns a new step rule
 * @throws DefinitionError  if core refuses its options
 */
export function buildStepRule(choice: StepChoice): StepRule {
  return build(stepRules, "rule", choice);
}
