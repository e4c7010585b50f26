import type { BatchRule, Condition } from "@steepest/core";
import { type OptimizerChoice, optimizerSchema } from "../optimizer/registry.js";
import { type StepChoice, stepSchema } from "../step/registry.js";
import { integer } from "./choice.js";
import { field } from "./field.js";
import { ruled } from "./rule.js";
import { z } from "./zod.js";

/** A later part of a run, from a condition on; optimiser or step rule go on as before where the phase names none. */
export interface PhaseDefinition {
  readonly when: Condition;
  /** The optimiser from here on, which starts with an empty memory. */
  readonly optimizer?: OptimizerChoice | undefined;
  /** The step rule from here on, which starts counting its steps. */
  readonly step?: StepChoice | undefined;
}

const condition: z.ZodType<Condition> = z.union(
  [
    z.enum(["perfectAccuracy", "separation"]),
    z.strictObject({
      logRiskBelow: field(z.number(), "Holds once the log of the risk (the sum over samples) lies below.", {
        unit: "log risk",
        example: -5,
      }),
    }),
    z.strictObject({ step: field(integer(0), "Holds from this step on.", { unit: "steps", example: 1000 }) }),
  ],
  { error: 'must be "perfectAccuracy", "separation", { "logRiskBelow": number } or { "step": integer >= 0 }' },
);

export const phaseSchema: z.ZodType<PhaseDefinition> = ruled(
  z.strictObject({
    when: field(condition, "Condition from which on this part runs.", { example: "separation" }),
    optimizer: field(optimizerSchema, "Optimiser from then on, with an empty memory; without it the one before goes on.", {
      example: { kind: "steepest", norm: "l2", normalized: true },
    }).optional(),
    step: field(stepSchema, "Step rule from then on, counting from 0; without it the one before goes on.", {
      example: { rule: "marginPaced", c: 0.25 },
    }).optional(),
  }),
  {
    json: { anyOf: [{ required: ["optimizer"] }, { required: ["step"] }] },
    problems: ({ optimizer, step }) =>
      optimizer === undefined && step === undefined ? [{ path: [], message: "must hold an optimizer or a step" }] : [],
  },
) as unknown as z.ZodType<PhaseDefinition>;

/** Schema of mini-batches: size and order, neither with a default. */
export const batchSchema: z.ZodType<BatchRule> = z.strictObject({
  size: field(integer(1), "Samples per step.", { unit: "samples", example: 10 }),
  order: field(
    z.enum(["cyclic", "shuffled", "withReplacement"]),
    "Order of the samples: as they are, anew every epoch, or drawn for every step.",
    { example: "shuffled" },
  ),
});
