import type { BatchRule, Condition } from "@steepest/core";
import { type OptimizerChoice, optimizerSchema } from "../optimizer/registry.js";
import { type StepChoice, stepSchema } from "../step/registry.js";
import { integer } from "./choice.js";
import { ruled } from "./rule.js";
import { z } from "./zod.js";

/** A later part of a run, from a condition on: what it does not name goes on as before. */
export interface PhaseDefinition {
  readonly when: Condition;
  /** Starts with an empty memory. */
  readonly optimizer?: OptimizerChoice | undefined;
  /** Starts counting its steps. */
  readonly step?: StepChoice | undefined;
}

const condition: z.ZodType<Condition> = z.union(
  [z.enum(["perfectAccuracy", "separation"]), z.strictObject({ logRiskBelow: z.number() }), z.strictObject({ step: integer(0) })],
  { error: 'must be "perfectAccuracy", "separation", { "logRiskBelow": number } or { "step": integer >= 0 }' },
);

export const phaseSchema: z.ZodType<PhaseDefinition> = ruled(
  z.strictObject({ when: condition, optimizer: optimizerSchema.optional(), step: stepSchema.optional() }),
  {
    json: { anyOf: [{ required: ["optimizer"] }, { required: ["step"] }] },
    problems: ({ optimizer, step }) =>
      optimizer === undefined && step === undefined ? [{ path: [], message: "must hold an optimizer or a step" }] : [],
  },
) as unknown as z.ZodType<PhaseDefinition>;

/** How many samples a step sees, and in which order; nothing is assumed for either. */
export const batchSchema: z.ZodType<BatchRule> = z.strictObject({
  size: integer(1),
  order: z.enum(["cyclic", "shuffled", "withReplacement"]),
});
